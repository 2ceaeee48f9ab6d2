using System.Diagnostics;
using System.Text.Json.Nodes;
using Vsr.Video;

namespace Vsr.Cli.Tests.Training;

/// <summary>vsr train as a process of its own, on a clip of the test's own making.</summary>
internal static class TrainProcess
{
    /// <summary>Writes a clip of 128x96, 16 frames of moving waves.</summary>
    public static void WriteClip(string path)
    {
        const int width = 128, height = 96, frames = 16;
        using VideoWriter writer = new(path, new VideoWriterOptions { Width = width, Height = height, Crf = 10 });
        byte[] picture = new byte[3 * width * height];
        for (int frame = 0; frame < frames; frame++)
        {
            for (int i = 0; i < picture.Length; i++)
            {
                (int channel, int pixel) = Math.DivRem(i, width * height);
                (int y, int x) = Math.DivRem(pixel, width);
                picture[i] = (byte)(128 + (100 * Math.Sin((0.31 * (x + frame)) + channel) * Math.Cos(0.23 * y)));
            }

            writer.Write(picture, frame);
        }

        writer.Finish();
    }

    /// <summary>Starts a small training on one thread; it listens to SIGINT even where the tests do not.</summary>
    public static Process Start(string root, string run, params string[] more)
    {
        string[] arguments =
        [
            "--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, "Vsr.Cli.dll"),
            "train", "--network", "recurrent", "--root", root, "--out", run,
            "--device", "cpu", "--threads", "1", "--batch", "1", "--crop", "32", "--frames", "3", "--channels", "8", "--blocks", "1",
            "--look-ahead", "1", "--checkpoint-every", "5", .. more,
        ];
        ProcessStartInfo start = new("env", arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        return Process.Start(start)!;
    }

    /// <summary>Waits for the end; the exit code and what was written to standard error.</summary>
    public static (int ExitCode, string Error) Finish(Process process)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(3)))
        {
            process.Kill();
            Assert.Fail($"the training did not end within 3 minutes: {error.Result}");
        }

        _ = output.Result;
        return (process.ExitCode, error.Result);
    }

    /// <summary>Waits until metrics.jsonl has a number of lines.</summary>
    public static void WaitForSteps(string run, int steps)
    {
        string path = Path.Combine(run, "metrics.jsonl");
        for (Stopwatch watch = Stopwatch.StartNew(); !File.Exists(path) || File.ReadLines(path).Count() < steps;)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(3), $"no {steps} steps in {path} after 3 minutes");
            Thread.Sleep(50);
        }
    }

    public static (long Step, float Loss)[] Losses(string run) => File.ReadLines(Path.Combine(run, "metrics.jsonl"))
        .Select(line => JsonNode.Parse(line)!)
        .Select(line => (line["step"]!.GetValue<long>(), line["loss"]!.GetValue<float>()))
        .ToArray();
}
