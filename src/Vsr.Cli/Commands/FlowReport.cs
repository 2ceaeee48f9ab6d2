using System.Globalization;
using Vsr.Data;
using Vsr.Training.Evaluation;

namespace Vsr.Cli.Commands;

/// <summary>Prints the evaluation of a flow network: a table that grows pair by pair, or JSON alone at the end; warnings on standard error.</summary>
internal sealed class FlowReport
{
    private readonly List<FlowPairScore> _scores = [];
    private readonly bool _json;
    private readonly int _nameWidth;

    public FlowReport(bool json, string network, IReadOnlyList<FlowPairFiles> pairs)
    {
        _json = json;
        _nameWidth = pairs.Select(pair => pair.Name.Length).Append("mean".Length).Max();
        if (!json)
        {
            Console.WriteLine($"{network} against zero flow, end-point error in pixels");
            Console.WriteLine($"{"pair".PadRight(_nameWidth)}     EPE     zero");
        }
    }

    public bool HasFailures { get; private set; }

    public void Add(FlowPairScore score)
    {
        _scores.Add(score);
        PrintRow(score.Name, score.Epe, score.ZeroEpe);
    }

    public void Warn(string pair, Exception failure)
    {
        HasFailures = true;
        Console.Error.WriteLine($"vsr: warning: {pair} is left out: {failure.Message.ReplaceLineEndings(" ")}");
    }

    public void Finish()
    {
        FlowEvaluationResult result = new(_scores);
        if (_json)
        {
            Console.WriteLine(FlowEvaluationJson.Write(result));
        }
        else if (result is { Epe: { } error, ZeroEpe: { } zero })
        {
            PrintRow("mean", error, zero);
        }
    }

    private void PrintRow(string name, double error, double zero)
    {
        if (!_json)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name.PadRight(_nameWidth)}  {error,6:0.000}  {zero,7:0.000}"));
        }
    }
}
