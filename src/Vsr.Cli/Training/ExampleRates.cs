namespace Vsr.Cli.Training;

/// <summary>The learning rates of DALI's example, where only one of --min_lr and --max_lr is given.</summary>
internal static class ExampleRates
{
    public const double Min = 1e-6;
    public const double Max = 1e-5;
}
