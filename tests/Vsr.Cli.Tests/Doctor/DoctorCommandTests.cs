using System.Text.Json;
using Vsr.Cli.Commands;
using Vsr.Cli.Doctor;
using Vsr.Torch;

namespace Vsr.Cli.Tests.Doctor;

public sealed class DoctorCommandTests
{
    [Fact]
    public void The_report_says_what_works_here()
    {
        DoctorReport report = DoctorCommand.Examine(new BackendOptions { Device = "cpu", Threads = 2 });

        Assert.True(report.Ok, DoctorText.Write(report));
        Assert.Null(report.Backend.Problem);
        Assert.Equal("cpu", report.Backend.Device);
        Assert.StartsWith("2.1", report.Backend.LibtorchVersion);
        Assert.NotNull(report.FFmpeg.Version);
        Assert.True(report.FFmpeg.Decoders["h264"]);
        Assert.True(report.System.MemoryBytes > 0);

        using JsonDocument json = JsonDocument.Parse(report.ToJson());
        Assert.True(json.RootElement.GetProperty("ok").GetBoolean());
        Assert.Equal(report.FFmpeg.Version, json.RootElement.GetProperty("ffmpeg").GetProperty("version").GetString());
        Assert.Equal(report.Backend.LibtorchVersion, json.RootElement.GetProperty("backend").GetProperty("libtorchVersion").GetString());
        Assert.Equal(JsonValueKind.Array, json.RootElement.GetProperty("advice").ValueKind);
    }

    [Fact]
    public void What_is_missing_comes_with_advice()
    {
        DoctorReport report = DoctorCommand.Examine(new BackendOptions { Device = "cpu", Threads = 2 });
        FFmpegFindings none = report.FFmpeg with { Problem = "no FFmpeg", Hint = "apt-get install ffmpeg" };
        GpuFindings gpu = new("580.1", "13.0", [new GpuDevice(0, "Some GPU", 1L << 34, "9.0")], null);
        NvdecFindings noDecoder = new([], 0, "the driver's libnvcuvid.so.1 was not found");

        string advice = string.Join("\n", DoctorAdvice.For(report.System, none, report.Backend, gpu, noDecoder));

        Assert.Contains("apt-get install ffmpeg", advice);
        Assert.Contains("--libtorch", advice);
        Assert.Contains("NVDEC", advice);
        Assert.False(none.Ok);
        Assert.Contains("Some GPU", DoctorText.Write(report with { Gpu = gpu, Nvdec = noDecoder }));
    }

    [Fact]
    public void An_unknown_device_is_a_usage_error() =>
        Assert.Equal(ExitCode.Usage, CommandLineApplication.Run(["doctor", "--device", "gpu"]));
}
