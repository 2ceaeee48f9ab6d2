using System.Diagnostics;
using System.Text.Json;
using Vsr.Cli.Tests.Reading;
using Vsr.Data.Tests.Preparation;
using Vsr.Tests;

namespace Vsr.Cli.Tests.Evaluation;

/// <summary>vsr evaluate --crf as a program: a row set for each rate factor, and no temporary file left, whatever happens.</summary>
public class EvaluateCompressedTests
{
    [Fact]
    public void EachRateFactorHasItsRowsAndMean()
    {
        using TemporaryFolder folder = new();
        MadePairs.WriteClips(folder, 2, frames: 6);
        string[] command = ["evaluate", "--root", folder.File("clips"), "--network", "bicubic", "--device", "cpu"];
        double clean = Parse(VsrProcess.Run([.. command, "--json"])).GetProperty("mean").GetProperty("bicubic_psnr_db").GetDouble();

        JsonElement json = Parse(VsrProcess.Run([.. command, "--crf", "33,18", "--json"]));
        JsonElement[] sets = [.. json.GetProperty("compressed").EnumerateArray()];
        Assert.Equal(["compressed"], json.EnumerateObject().Select(property => property.Name));
        Assert.Equal([33, 18], sets.Select(set => set.GetProperty("crf").GetInt32()));
        Assert.All(sets, set => Assert.Equal(
            [("clip0", 6), ("clip1", 7)],
            set.GetProperty("clips").EnumerateArray().Select(clip => (clip.GetProperty("name").GetString(), clip.GetProperty("frames").GetInt32()))));
        double[] figures = [.. sets.Select(set => set.GetProperty("mean").GetProperty("bicubic_psnr_db").GetDouble())];
        Assert.True(figures[0] < figures[1] && figures[1] < clean, $"{figures[0]}, {figures[1]}, {clean}");

        (int code, string table, string error) = VsrProcess.Run([.. command, "--crf", "33,18"]);
        Assert.True(code == ExitCode.Success, error);
        Assert.Equal(2, table.Split('\n').Count(line => line.StartsWith("mean ", StringComparison.Ordinal)));
        Assert.Contains("input compressed by h264 at crf 33", table);
    }

    [Fact]
    public async Task CtrlCEndsWith130AndLeavesNoTemporaryFile()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("clips"));
        Directory.CreateDirectory(folder.File("tmp"));
        new MadeFilm(320, 240).Scene(1, 60).Write(folder.File("clips/clip.mp4"));
        using Process program = Start(folder);
        while (!program.HasExited && Entries(folder).Length == 0)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        OracleProgram.Run("kill", "-INT", $"{program.Id}");
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Interrupted, program.ExitCode);
        Assert.Empty(Entries(folder));
    }

    private static string[] Entries(TemporaryFolder folder) => Directory.GetDirectories(folder.File("tmp"), "vsr-evaluate-*");

    private static Process Start(TemporaryFolder folder) => Process.Start(new ProcessStartInfo(
        "env",
        [
            "--default-signal=INT", "TMPDIR=" + folder.File("tmp"), "dotnet", Path.Combine(AppContext.BaseDirectory, "Vsr.Cli.dll"),
            "evaluate", "--root", folder.File("clips"), "--network", "bicubic", "--device", "cpu", "--crf", "20,21,22,23,24",
        ])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static JsonElement Parse((int Code, string Output, string Error) run)
    {
        Assert.True(run.Code == ExitCode.Success, run.Error);
        return JsonDocument.Parse(run.Output).RootElement;
    }
}
