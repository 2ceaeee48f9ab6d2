using Vsr.Data;
using Vsr.Data.Tests.Preparation;
using Vsr.Models;
using Vsr.Tests;
using Vsr.Video;

namespace Vsr.Cli.Tests.Models;

/// <summary>A damaged or foreign flow.safetensors among the shipped weights is reported as what it is, not as missing.</summary>
public sealed class ShippedFlowTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelFiles _models = new();

    public ShippedFlowTests()
    {
        MadePairs.WriteClips(_folder, 1, frames: 3);
        WritePair();
    }

    public void Dispose()
    {
        _models.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(true, "evaluate", "--network", "bicubic", "--temporal")]
    [InlineData(false, "evaluate", "--network", "bicubic", "--temporal")]
    [InlineData(true, "evaluate", "--network", "flow")]
    [InlineData(false, "evaluate", "--network", "flow")]
    [InlineData(true, "train", "--network", "vsrnet", "--flow", "compact", "--steps", "1", "--crop", "32")]
    [InlineData(false, "train", "--network", "vsrnet", "--flow", "compact", "--steps", "1", "--crop", "32")]
    public void ItIsNamedInOneLine(bool isDamaged, params string[] command)
    {
        string file = _models.File("flow.safetensors");
        if (isDamaged)
        {
            File.WriteAllText(file, "no weights");
        }
        else
        {
            using VsrNet other = new();
            NetworkWeights.Save(other, file);
        }

        string root = _folder.File(command[^1] == "flow" ? "pairs" : "clips");
        string[] more = command[0] == "train" ? ["--out", _folder.File("run")] : [];
        (int code, string output, string error) = _models.Run([.. command, "--root", root, "--device", "cpu", .. more]);

        Assert.Equal(ExitCode.Failure, code);
        Assert.Empty(output);
        string line = error.Split('\n')[0];
        Assert.StartsWith($"vsr: {file}", line, StringComparison.Ordinal);
        Assert.Contains(isDamaged ? "a header of" : "holds a network 'vsrnet', which estimates no motion", line, StringComparison.Ordinal);
        Assert.DoesNotContain("shipped", error, StringComparison.Ordinal);
        Assert.InRange(error.TrimEnd().Split('\n').Length, 1, 2);          // the line, and its hint where there is one
    }

    private void WritePair()
    {
        Directory.CreateDirectory(_folder.File("pairs"));
        PictureFile.Write(_folder.File("pairs/a-img0.png"), new RgbImage(40, 30));
        PictureFile.Write(_folder.File("pairs/a-img1.png"), new RgbImage(40, 30));
        FloFile.Write(_folder.File("pairs/a-gt.flo"), new FlowField(40, 30));
    }
}
