using Vsr.Cli.Tests.Reading;
using Vsr.Cli.Tests.Training;
using Vsr.Interop.Cuda;
using Vsr.Tests;

namespace Vsr.Cli.Tests;

/// <summary>--decoder of every command that reads videos.</summary>
public sealed class DecoderOptionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Commands => ["frames", "upscale", "evaluate", "train", "bench"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Commands))]
    public void AnUnknownDecoderEndsWith2(string command) =>
        Assert.Equal(ExitCode.Usage, CommandLineApplication.Run([.. Arguments(command), "--decoder", "vdpau"]));

    [Theory]
    [MemberData(nameof(Commands))]
    public void NvdecWithoutAGpuEndsWith1(string command)
    {
        Assert.SkipWhen(CudaDriver.Instance.Problem is null, "there is a GPU");
        (int exitCode, string output, string error) = VsrProcess.Run([.. Arguments(command), "--decoder", "nvdec"]);

        Assert.Equal(ExitCode.Failure, exitCode);
        Assert.Contains("NVDEC", error, StringComparison.Ordinal);
        Assert.DoesNotContain("defect", error, StringComparison.Ordinal);
        Assert.True(command == "evaluate" || output.Length == 0, output);
        Assert.False(File.Exists(_folder.File("out.mp4")));
    }

    private string[] Arguments(string command)
    {
        string clip = _folder.File("clip.mp4");
        TrainProcess.WriteClip(clip);
        return command switch
        {
            "frames" => ["frames", clip, "--hash"],
            "upscale" => ["upscale", clip, _folder.File("out.mp4"), "--device", "cpu"],
            "evaluate" => ["evaluate", "--root", _folder.Path, "--network", "bicubic", "--device", "cpu"],
            "train" =>
            [
                "train", "--root", _folder.Path, "--out", _folder.File("run"), "--network", "vsrnet", "--steps", "1", "--crop", "32",
                "--device", "cpu",
            ],
            _ => ["bench", "loader", "--data", _folder.Path, "--loader", "video", "--crop", "32x32", "--device", "cpu"],
        };
    }
}
