using System.Globalization;
using Spectre.Console;
using Vsr.Upscaling;

namespace Vsr.Cli.Commands;

/// <summary>Shows how far an upscaling is, on standard error: one line that is redrawn on a terminal, a plain line every few seconds elsewhere.</summary>
internal sealed class UpscaleProgressDisplay : IProgress<UpscaleProgress>, IDisposable
{
    private readonly TextWriter _writer;
    private readonly string _name;
    private readonly bool _isTerminal;
    private readonly double _intervalSeconds;
    private double _nextSeconds;
    private int _drawn;

    internal UpscaleProgressDisplay(TextWriter writer, string name, bool isTerminal, double intervalSeconds)
    {
        _writer = writer;
        _name = name;
        _isTerminal = isTerminal;
        _intervalSeconds = intervalSeconds;
    }

    /// <summary>The display that fits standard error.</summary>
    public static UpscaleProgressDisplay Create(string name)
    {
        bool isTerminal = !Console.IsErrorRedirected && AnsiConsole.Profile.Capabilities.Ansi;
        return new UpscaleProgressDisplay(Console.Error, name, isTerminal, isTerminal ? 0.2 : 5);
    }

    /// <inheritdoc/>
    public void Report(UpscaleProgress value)
    {
        if (value.ElapsedSeconds < _nextSeconds && value.Frames < value.TotalFrames)
        {
            return;
        }

        _nextSeconds = value.ElapsedSeconds + _intervalSeconds;
        string remaining = value.RemainingSeconds is { } seconds
            ? ", " + TimeSpan.FromSeconds(Math.Ceiling(seconds)).ToString("c", CultureInfo.InvariantCulture) + " left"
            : "";
        string line = string.Create(CultureInfo.InvariantCulture,
            $"{_name}: {value.Frames}/{value.TotalFrames} frames, {value.FramesPerSecond:0.00} frames/s{remaining}");
        if (_isTerminal)
        {
            _writer.Write("\r" + line.PadRight(_drawn));
            _drawn = line.Length;
        }
        else
        {
            _writer.WriteLine(line);
        }
    }

    /// <summary>Ends the redrawn line.</summary>
    public void Dispose()
    {
        if (_drawn > 0)
        {
            _writer.WriteLine();
            _drawn = 0;
        }
    }
}
