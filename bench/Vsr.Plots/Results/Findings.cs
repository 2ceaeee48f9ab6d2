using System.Globalization;

namespace Vsr.Plots.Results;

/// <summary>What the figures of the runs mean, in sentences that follow from them.</summary>
internal static class Findings
{
    private const double LeastDb = 0.0005;      // what the figures' last place shows

    /// <summary>The sentences, most important first.</summary>
    public static IReadOnlyList<string> Of(Experiment experiment)
    {
        ScoredRun[] scored = [.. experiment.Runs.Where(run => run.Validation is not null)];
        List<string> sentences = [];
        if (scored.Length == 0)
        {
            return ["No run was scored: `eng/experiment DATA WORK --only evaluate` does that."];
        }

        sentences.Add(AgainstBicubic(scored));
        sentences.Add(Compared(
            scored, run => (run.Run.Resolution, run.Run.Precision), run => run.Run.Flow, "none", "compact",
            "motion compensation by the compact flow network (`compact`)", "none")
            ?? "There is no pair of runs with and without motion compensation: whether it helps remains open.");
        foreach (string half in new[] { "fp16", "bf16" })
        {
            if (Compared(scored, run => (run.Run.Resolution, run.Run.Flow), run => run.Run.Precision, "fp32", half, half, "fp32") is { } sentence)
            {
                sentences.Add(sentence + Speed(scored, half));
            }
        }

        string[] resolutions = [.. experiment.Resolutions];
        foreach (string larger in resolutions.Skip(1))
        {
            if (Compared(scored, run => (run.Run.Flow, run.Run.Precision), run => run.Run.Resolution, resolutions[0], larger, $"training at {larger}", $"training at {resolutions[0]}") is { } sentence)
            {
                sentences.Add(sentence);
            }
        }

        sentences.Add(experiment.Description["small"]?.GetValue<bool>() == true
            ? "**This was a check of the chain with tiny crops and few steps (`--small`): its figures say nothing about the network.**"
            : "Every figure is that of one run with one seed: small differences between runs may come from chance alone.");
        return sentences;
    }

    private static string AgainstBicubic(ScoredRun[] scored)
    {
        ScoredRun best = scored.MaxBy(run => run.Validation!.GainDb)!, worst = scored.MinBy(run => run.Validation!.GainDb)!;
        int above = scored.Count(run => run.Validation!.GainDb > 0);
        string range = $"the best, {best.Run.Name}, is {Distance(best)} it, the worst, {worst.Run.Name}, {Distance(worst)}";
        return above == scored.Length ? $"Every run scores above bicubic enlargement: {range}."
            : above == 0 ? $"No run reaches bicubic enlargement: {range}. As trained here, the network is of no use for enlarging."
            : $"{above} of {scored.Length} runs score above bicubic enlargement: {range}.";
    }

    private static string Distance(ScoredRun run) => Text($"{Math.Abs(run.Validation!.GainDb):0.000} dB {(run.Validation.GainDb >= 0 ? "above" : "below")}");

    /// <summary>Pairs of runs that differ in one thing: how the second's PSNR stands to the first's. Null without pairs.</summary>
    private static string? Compared<TKey>(
        ScoredRun[] scored, Func<ScoredRun, TKey> same, Func<ScoredRun, string> differs, string first, string second, string secondName, string firstName)
    {
        double[] gains = [.. Pairs(scored, same, differs, first, second).Select(pair => pair.Second.Validation!.PsnrDb - pair.First.Validation!.PsnrDb)];
        if (gains.Length == 0)
        {
            return null;
        }

        int better = gains.Count(gain => gain >= LeastDb);
        string how = better == gains.Length ? "scores above" : better == 0 ? "does not score above" : $"scores above, in {better} of {gains.Length} pairs,";
        string pairs = gains.Length == 1 ? "in the one pair of runs" : $"in {gains.Length} pairs of runs";
        string range = gains.Length == 1 ? Text($"{gains[0]:+0.000;-0.000;0.000} dB") : Text($"{gains.Min():+0.000;-0.000;0.000} to {gains.Max():+0.000;-0.000;0.000} dB");
        return $"{char.ToUpperInvariant(secondName[0])}{secondName[1..]} {how} {firstName} ({range} {pairs} that differ in nothing else).";
    }

    private static string Speed(ScoredRun[] scored, string half)
    {
        double[] ratios = [.. Pairs(scored, run => (run.Run.Resolution, run.Run.Flow), run => run.Run.Precision, "fp32", half)
            .Select(pair => pair.Second.Run.MillisecondsPerStep / pair.First.Run.MillisecondsPerStep)];
        return Text($" A step takes {Span(ratios)} times as long as in fp32.");
    }

    private static string Span(double[] values)
    {
        (string low, string high) = (Text($"{values.Min():0.00}"), Text($"{values.Max():0.00}"));
        return low == high ? low : $"{low} to {high}";
    }

    private static IEnumerable<(ScoredRun First, ScoredRun Second)> Pairs<TKey>(
        ScoredRun[] scored, Func<ScoredRun, TKey> same, Func<ScoredRun, string> differs, string first, string second) =>
        from a in scored
        where differs(a) == first
        from b in scored
        where differs(b) == second && Equals(same(a), same(b))
            && a.Validation!.BicubicPsnrDb == b.Validation!.BicubicPsnrDb      // scored on the same frames
        select (a, b);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
