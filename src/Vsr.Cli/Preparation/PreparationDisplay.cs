using System.Globalization;
using Spectre.Console;
using Vsr.Data.Preparation;

namespace Vsr.Cli.Preparation;

/// <summary>Shows on standard error how far a preparation is: a redrawn line on a terminal, a plain line every few seconds elsewhere; notes as lines.</summary>
internal sealed class PreparationDisplay(TextWriter writer, bool isQuiet, bool isTerminal, double intervalSeconds)
    : IPreparationObserver, IDisposable
{
    private string? _step;
    private double _nextSeconds;
    private int _drawn;

    /// <summary>The display that fits standard error.</summary>
    public static PreparationDisplay Create(bool isQuiet)
    {
        bool isTerminal = !Console.IsErrorRedirected && AnsiConsole.Profile.Capabilities.Ansi;
        return new PreparationDisplay(Console.Error, isQuiet, isTerminal, isTerminal ? 0.2 : 5);
    }

    /// <inheritdoc/>
    public void Report(PreparationProgress progress)
    {
        bool isNew = progress.Step != _step;
        bool isDue = isNew || progress.ElapsedSeconds >= _nextSeconds || progress.Frames == progress.TotalFrames;
        if (isQuiet || !isDue)
        {
            return;
        }

        if (isNew)
        {
            EndLine();
        }

        _step = progress.Step;
        _nextSeconds = progress.ElapsedSeconds + intervalSeconds;
        string remaining = progress.RemainingSeconds is { } seconds
            ? ", " + TimeSpan.FromSeconds(Math.Ceiling(seconds)).ToString("c", CultureInfo.InvariantCulture) + " left"
            : "";
        string line = string.Create(CultureInfo.InvariantCulture,
            $"{progress.Step}: {progress.Frames}/{progress.TotalFrames} {progress.Unit}, {progress.FramesPerSecond:0.0} {progress.Unit}/s{remaining}");
        if (isTerminal)
        {
            writer.Write("\r" + line.PadRight(_drawn));
            _drawn = line.Length;
        }
        else
        {
            writer.WriteLine(line);
        }
    }

    /// <inheritdoc/>
    public void Note(string line)
    {
        EndLine();
        writer.WriteLine($"vsr: {line.ReplaceLineEndings(" ")}");
    }

    /// <summary>Ends the redrawn line.</summary>
    public void Dispose() => EndLine();

    private void EndLine()
    {
        if (_drawn > 0)
        {
            writer.WriteLine();
            _drawn = 0;
        }
    }
}
