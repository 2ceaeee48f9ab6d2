using System.CommandLine;
using System.Globalization;
using Vsr.Cli.Demo;
using Vsr.Models;
using Vsr.Torch;

namespace Vsr.Cli.Commands;

/// <summary>vsr demo: everything the program does, on the sample clip, on the CPU, in a few minutes.</summary>
internal static class DemoCommand
{
    private const int Scale = 4;
    private const double TrainingMinutes = 1;

    private static readonly Option<string> Out = new("--out")
    {
        Description = "Folder of the report and all that belongs to it.",
        DefaultValueFactory = _ => "demo",
    };

    public static Command Create()
    {
        Command command = new("demo", "Train, score and upscale the sample clip, on the CPU; writes demo/report.html.") { Out };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        string sample = DemoFolder.FindSample();
        string shipped = ShippedWeights.Find(architecture: null, Scale)
            ?? throw new VsrException($"no weights are shipped for scale {Scale}: the folder models/ of the repository has none");
        DemoFolder folder = new(parsed.GetRequiredValue(Out));

        using Termination termination = new();
        try
        {
            Backend backend = Backend.Load(new BackendOptions { Device = "cpu", Threads = Environment.ProcessorCount });
            DemoRun run = new(folder, shipped, backend, Console.Error, termination.Token);
            DemoFigures figures = run.Run(sample, TrainingMinutes);
            Report(folder, figures);
            return ExitCode.Success;
        }
        catch (OperationCanceledException) when (termination.Token.IsCancellationRequested)
        {
            Console.Error.WriteLine("vsr: stopped; there is no report");
            return termination.ExitCode;
        }
    }

    private static void Report(DemoFolder folder, DemoFigures figures)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            luma PSNR on the last {figures.ScoredFrames} frames, which training did not see:
              bicubic         {figures.BicubicPsnr:0.00} dB
              trained here    {figures.TrainedPsnr:0.00} dB ({figures.TrainedPsnr - figures.BicubicPsnr:+0.00;-0.00})
              shipped weights {figures.ShippedPsnr:0.00} dB ({figures.ShippedPsnr - figures.BicubicPsnr:+0.00;-0.00})
            {figures.UpscaledFrames} frames upscaled with sound: {folder.Upscaled}
            report: {folder.Page} and {folder.Figures} ({figures.Seconds:0} s)
            """));
    }
}
