using Spectre.Console;
using Vsr.Training;

namespace Vsr.Cli.Training;

/// <summary>Shows a training run on standard error: a bar with the time left on a terminal, plain lines elsewhere.</summary>
internal sealed class TrainingConsole : ITrainingObserver, IDisposable
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time = TimeProvider.System;
    private readonly IAnsiConsole? _terminal = Console.IsErrorRedirected
        ? null
        : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    private ProgressTask? _bar;
    private ProgressContext? _bars;
    private long? _lastLine;

    /// <summary>Runs the training with the bar around it where there is a terminal.</summary>
    public TrainingResult Run(Func<TrainingResult> train)
    {
        if (_terminal is null)
        {
            return train();
        }

        return _terminal.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 16 }, new PercentageColumn())
            .Start(bars =>
            {
                _bars = bars;
                return train();
            });
    }

    public void Message(string line)
    {
        if (_terminal is null)
        {
            Console.Error.WriteLine(line);
        }
        else
        {
            _terminal.WriteLine(line);
        }
    }

    public void Warning(string line) => Message($"warning: {line}");

    public void Progress(TrainingProgress progress)
    {
        if (_bars is not null)
        {
            _bar ??= _bars.AddTask(progress.Phase, maxValue: 1);
            _bar.Description = Markup.Escape(DescribeBriefly(progress));
            _bar.Value = progress.Fraction;
        }
        else if (_lastLine is not { } last || _time.GetElapsedTime(last) >= LineInterval || progress.Fraction >= 1)
        {
            _lastLine = _time.GetTimestamp();
            Console.Error.WriteLine(Describe(progress));
        }
    }

    public void Dispose()
    {
        _bar = null;
        _bars = null;
    }

    private static string Describe(TrainingProgress progress) => FormattableString.Invariant(
        $"{progress.Phase} step {StepOf(progress)} {progress.Fraction:P1} loss {progress.Loss:F5} lr {progress.LearningRate:E1} {progress.MillisecondsPerStep:F1} ms/step eta {LeftOf(progress)}");

    private static string DescribeBriefly(TrainingProgress progress) => FormattableString.Invariant(
        $"{progress.Phase} {StepOf(progress)} loss {progress.Loss:F4} {progress.MillisecondsPerStep:F0} ms eta {LeftOf(progress)}");

    private static string StepOf(TrainingProgress progress) =>
        progress.Steps is { } steps ? $"{progress.Step}/{steps}" : $"{progress.Step}";

    private static string LeftOf(TrainingProgress progress) =>
        progress.Remaining is { } remaining ? $"{(int)remaining.TotalMinutes}:{remaining.Seconds:D2}" : "?";
}
