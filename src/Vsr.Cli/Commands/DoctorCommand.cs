using System.CommandLine;
using Vsr.Cli.Doctor;
using Vsr.Torch;

namespace Vsr.Cli.Commands;

/// <summary><c>vsr doctor</c>: what is there, what is missing, and what to do about it.</summary>
internal static class DoctorCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "Print the report as JSON." };

    private static readonly Option<string> Device = new("--device")
    {
        Description = "auto, cpu, cuda or cuda:N; with cuda a missing GPU is a failure.",
        DefaultValueFactory = _ => "auto",
    };

    private static readonly Option<string?> LibTorch = new("--libtorch") { Description = "Folder of the libtorch or PyTorch to load." };

    public static Command Create()
    {
        Command command = new("doctor", "Check FFmpeg, libtorch, GPU, disk and memory.") { Json, Device, LibTorch };
        command.SetAction(parsed => Run(parsed.GetValue(Json), Options(parsed)));
        return command;
    }

    internal static DoctorReport Examine(BackendOptions options)
    {
        SystemFindings system = SystemFindings.Collect();
        FFmpegFindings ffmpeg = FFmpegFindings.Collect();
        GpuFindings gpu = GpuFindings.Collect();
        BackendFindings backend = BackendFindings.Collect(options);
        NvdecFindings nvdec = NvdecFindings.Collect();
        return new()
        {
            Ok = ffmpeg.Ok && backend.Problem is null,
            System = system,
            FFmpeg = ffmpeg,
            Backend = backend,
            Gpu = gpu,
            Nvdec = nvdec,
            Advice = DoctorAdvice.For(system, ffmpeg, backend, gpu, nvdec),
        };
    }

    private static BackendOptions Options(ParseResult parsed)
    {
        BackendOptions options = new() { Device = parsed.GetValue(Device)!, LibTorchDirectory = parsed.GetValue(LibTorch) };
        try
        {
            options.Validate();
        }
        catch (ArgumentException refused)
        {
            throw new UsageException(refused.Message);
        }

        return options;
    }

    private static int Run(bool json, BackendOptions options)
    {
        DoctorReport report = Examine(options);
        Console.Out.Write(json ? report.ToJson() + Environment.NewLine : DoctorText.Write(report));
        return report.Ok ? ExitCode.Success : ExitCode.Failure;
    }
}
