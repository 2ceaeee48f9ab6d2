using ScottPlot;
using Vsr.Training.Schedules;

namespace Vsr.Plots;

/// <summary>Draws every learning-rate schedule over a run of a thousand steps, with its defaults.</summary>
internal static class SchedulePlots
{
    private const int Steps = 1000;
    private const int WarmUpSteps = 100;
    private const int CycleSteps = 400;
    private const int Width = 480, Height = 270;

    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string name in LearningRateSchedule.Names)
        {
            ILearningRateSchedule schedule = LearningRateSchedule.Create(name, WarmUpSteps, cycleSteps: CycleSteps);
            string path = Path.Combine(folder, $"schedule-{name}.png");
            Draw(name, schedule).SavePng(path, Width, Height);
            Console.WriteLine(path);
        }
    }

    private static Plot Draw(string name, ILearningRateSchedule schedule)
    {
        double[] steps = [.. Enumerable.Range(0, Steps).Select(step => (double)step)];
        double[] factors = [.. steps.Select(step => schedule.Factor((long)step, step / Steps))];
        Plot plot = new();
        plot.Add.ScatterLine(steps, factors);
        plot.Title(name);
        plot.XLabel("step");
        plot.YLabel("rate / highest rate");
        plot.Axes.SetLimits(0, Steps, 0, 1.05);
        return plot;
    }
}
