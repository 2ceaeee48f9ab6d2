using System.Text.Json;
using Vsr.Cli.Tests.Reading;
using Vsr.Data.Tests.Preparation;
using Vsr.Models;
using Vsr.Tests;

namespace Vsr.Cli.Tests.Evaluation;

/// <summary>vsr evaluate --temporal and --reset-state as a program.</summary>
public class EvaluateTemporalTests
{
    [Fact]
    public void SteadinessStandsInJsonAndInTheTableOnlyWithTheOption()
    {
        using TemporaryFolder folder = new();
        MadePairs.WriteClips(folder, 1, frames: 3);
        string[] command = ["evaluate", "--root", folder.File("clips"), "--network", "bicubic", "--device", "cpu"];

        JsonElement clip = Parse(VsrProcess.Run([.. command, "--temporal", "--json"])).GetProperty("clips")[0];
        Assert.Equal(2, clip.GetProperty("temporal_pairs").GetInt32());
        Assert.Equal(clip.GetProperty("bicubic_flicker").GetDouble(), clip.GetProperty("flicker").GetDouble());
        Assert.Equal(clip.GetProperty("bicubic_warp_error").GetDouble(), clip.GetProperty("warp_error").GetDouble());
        Assert.NotEqual(clip.GetProperty("truth_warp_error").GetDouble(), clip.GetProperty("warp_error").GetDouble());
        Assert.InRange(clip.GetProperty("temporal_visible").GetDouble(), 0.1, 1);

        JsonElement compressed = Parse(VsrProcess.Run([.. command, "--temporal", "--crf", "35", "--json"])).GetProperty("compressed")[0];
        Assert.Equal(
            clip.GetProperty("truth_warp_error").GetDouble(), compressed.GetProperty("mean").GetProperty("truth_warp_error").GetDouble(), 1e-9);
        Assert.NotEqual(clip.GetProperty("flicker").GetDouble(), compressed.GetProperty("mean").GetProperty("flicker").GetDouble());

        (int code, string table, string error) = VsrProcess.Run([.. command, "--temporal", "--val-frames", "1"]);
        Assert.True(code == ExitCode.Success, error);
        Assert.Contains("SSIM  bicubic  flicker  bicubic     warp  bicubic    truth", table, StringComparison.Ordinal);
        Assert.EndsWith("        -        -        -        -        -", table.TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain("flicker", VsrProcess.Run(command).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutTheFlowNetworksWeightsThereIsOneLine()
    {
        using TemporaryFolder folder = new();
        MadePairs.WriteClips(folder, 1, frames: 3);
        Directory.CreateDirectory(folder.File("empty"));
        (int code, string output, string error) = OracleProgram.TryRun(
            "env",
            [
                $"VSR_MODELS={folder.File("empty")}", "dotnet", Path.Combine(AppContext.BaseDirectory, "Vsr.Cli.dll"),
                "evaluate", "--root", folder.File("clips"), "--network", "bicubic", "--device", "cpu", "--temporal",
            ]);
        Assert.Equal(ExitCode.Failure, code);
        Assert.Empty(output);
        Assert.Contains("--temporal needs the flow network's weights, and none are shipped", error, StringComparison.Ordinal);
        Assert.Equal(2, error.TrimEnd().Split('\n').Length);        // the line and its hint
    }

    [Fact]
    public void TheStateIsResetAtEveryFrameOfANetworkThatHasOne()
    {
        TorchTestBackend.Ensure();
        using TemporaryFolder folder = new();
        MadePairs.WriteClips(folder, 1, frames: 3);
        string weights = folder.File("w.safetensors");
        using (RecurrentVsr network = new(new RecurrentOptions { Channels = 8, Blocks = 1 }))
        {
            NetworkWeights.Save(network, weights);
        }

        string[] command = ["evaluate", "--root", folder.File("clips"), "--device", "cpu", "--weights", weights];
        (int code, string table, string error) = VsrProcess.Run([.. command, "--reset-state"]);
        Assert.True(code == ExitCode.Success, error);
        Assert.StartsWith("w.safetensors, its state reset at every frame, against bicubic", table, StringComparison.Ordinal);
        double first = Mean(VsrProcess.Run([.. command, "--json", "--val-frames", "1"]));
        Assert.Equal(first, Mean(VsrProcess.Run([.. command, "--json", "--val-frames", "1", "--reset-state"])));

        using (VsrNet stateless = new(new VsrNetOptions { Scale = 2 }))
        {
            NetworkWeights.Save(stateless, weights);
        }

        (code, _, error) = VsrProcess.Run([.. command, "--reset-state"]);
        Assert.Equal(ExitCode.Failure, code);
        Assert.Contains("holds a 'vsrnet' network, which keeps no state; leave --reset-state out", error, StringComparison.Ordinal);
    }

    private static double Mean((int Code, string Output, string Error) run) => Parse(run).GetProperty("mean").GetProperty("psnr_db").GetDouble();

    private static JsonElement Parse((int Code, string Output, string Error) run)
    {
        Assert.True(run.Code == ExitCode.Success, run.Error);
        return JsonDocument.Parse(run.Output).RootElement;
    }
}
