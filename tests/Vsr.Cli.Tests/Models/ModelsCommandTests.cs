using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Vsr.Cli.Tests.Reading;

namespace Vsr.Cli.Tests.Models;

/// <summary>vsr models as a program: its list, its JSON, one card, and what it says of files that are not there.</summary>
public class ModelsCommandTests
{
    // head, one block, up and out of 8 channels with two neighbours and no flow, for S = 4
    private const int Weights = 9 * ((65 * 8) + (2 * 8 * 8) + (8 * 8) + (8 * 48));

    [Fact]
    public void JsonHasEveryNetworkAndMeasuresThoseThatAreThere()
    {
        using ModelFiles files = new("fast", "x2");

        (int exitCode, string output, string error) = files.Run("models", "--json");

        Assert.Equal((ExitCode.Success, ""), (exitCode, error));
        JsonObject[] models = [.. JsonNode.Parse(output)!["models"]!.AsArray().Select(model => model!.AsObject())];
        Assert.Equal(
            ["full False 4", "x2 True 2", "best False 4", "fast True 4", "compressed False 4"],
            models.Select(model => $"{model["name"]} {model["available"]!.GetValue<bool>()} {model["scale"]}"));
        foreach (string key in (string[])["architecture", "parameters", "bytes", "sha256", "gmacs_180x320", "settings"])
        {
            Assert.True(models[0].ContainsKey(key), key);
            Assert.Null(models[0][key]);
        }

        JsonObject fast = models[3];
        byte[] bytes = File.ReadAllBytes(files.File("fast-x4.safetensors"));
        Assert.Equal("fast-x4.safetensors", fast["file"]!.GetValue<string>());
        Assert.Equal("recurrent", fast["architecture"]!.GetValue<string>());
        Assert.Equal(Weights + 8 + 8 + 48, fast["parameters"]!.GetValue<long>());
        Assert.Equal(Weights * 180 * 320 / 1e9, fast["gmacs_180x320"]!.GetValue<double>());
        Assert.Equal(bytes.LongLength, fast["bytes"]!.GetValue<long>());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), fast["sha256"]!.GetValue<string>());
        Assert.Equal("8", fast["settings"]!["channels"]!.GetValue<string>());
    }

    [Fact]
    public void TheFullNetworkThatIsShippedShowsItsCard()
    {
        (int exitCode, string output, string error) = VsrProcess.Run("models", "full");

        Assert.True(exitCode == ExitCode.Success, error);
        Assert.StartsWith("full        x4: for clean video\n", output, StringComparison.Ordinal);
        Assert.Matches(@"\n  SHA-256     [0-9a-f]{64}\n", output);
        Assert.Matches(@"\nrecurrent-x4\.safetensors.*\n", output);
        Assert.Contains("davis_bear_480p  ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("**", output, StringComparison.Ordinal);
        Assert.DoesNotContain("](", output, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatIsNotThereNamesThoseThatAre()
    {
        using ModelFiles files = new("full", "fast");

        Assert.Equal(
            (ExitCode.Failure, "", "vsr: model best: its file best-x4.safetensors is not there; those there are: full, fast\n"),
            files.Run("models", "best"));
        Assert.Equal(
            (ExitCode.Usage, "", "vsr: model 'huge' is unknown; there are full, x2, best, fast, compressed\n  see: vsr models\n"),
            files.Run("models", "huge"));
    }

    [Fact]
    public void ADamagedFileIsNamedAndTheOthersAreListed()
    {
        using ModelFiles files = new("fast");
        File.WriteAllText(files.File("recurrent-x4.safetensors"), "no weights");

        (int exitCode, string output, string error) = files.Run("models");

        Assert.Equal(ExitCode.Failure, exitCode);
        Assert.StartsWith($"vsr: model full: {files.File("recurrent-x4.safetensors")}: ", error, StringComparison.Ordinal);
        Assert.Contains("fast        x4: for clean video on a CPU\n", output, StringComparison.Ordinal);
        Assert.Contains("cost        0.6 GMACs a frame of 320x180\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutAnyFileAllAreListedAsNotThere()
    {
        using ModelFiles files = new();

        (int exitCode, string output, string error) = files.Run("models");

        Assert.Equal((ExitCode.Success, ""), (exitCode, error));
        Assert.Equal(5, output.Split("which is not there").Length - 1);
    }
}
