using System.Globalization;
using System.Text;

namespace Vsr.Cli.Doctor;

/// <summary>The report as text for people.</summary>
internal static class DoctorText
{
    private const double Gibi = 1L << 30;

    public static string Write(DoctorReport report)
    {
        StringBuilder text = new();
        SystemFindings system = report.System;
        Line(text, "program", $"{system.Program}, {system.Runtime}, {system.OperatingSystem}, {system.Cores} cores");
        Line(text, "memory", $"{Gigabytes(system.AvailableMemoryBytes)} of {Gigabytes(system.MemoryBytes)} available");
        Line(text, "disk", $"{Gigabytes(system.FreeDiskBytes)} free in {system.Folder}");
        WriteFFmpeg(text, report.FFmpeg);
        WriteBackend(text, report.Backend);
        WriteGpu(text, report.Gpu, report.Nvdec);
        foreach (string advice in report.Advice)
        {
            Line(text, "advice", advice);
        }

        Line(text, "result", report.Ok ? "videos can be read, upscaled and written" : "something that is needed is missing, see above");
        return text.ToString();
    }

    private static void WriteFFmpeg(StringBuilder text, FFmpegFindings ffmpeg)
    {
        if (ffmpeg.Problem is not null)
        {
            Line(text, "FFmpeg", ffmpeg.Problem);
            return;
        }

        string libraries = string.Join(", ", ffmpeg.Libraries.Select(l => $"{l.Key} {l.Value}"));
        Line(text, "FFmpeg", $"{ffmpeg.Version} ({ffmpeg.Status}): {libraries}");
        Line(text, "  decoders", Codecs(ffmpeg.Decoders));
        Line(text, "  encoders", Codecs(ffmpeg.Encoders));
    }

    private static void WriteBackend(StringBuilder text, BackendFindings backend)
    {
        if (backend.Device is not null)
        {
            Line(text, "libtorch", $"{backend.LibtorchVersion} on {backend.Device}, from {backend.Origin}: {backend.LibtorchDirectory}");
        }

        if (backend.Problem is not null)
        {
            Line(text, backend.Device is null ? "libtorch" : "  problem", backend.Problem);
        }

        foreach (string attempt in backend.Attempts)
        {
            Line(text, "  tried", attempt);
        }

        string missing = string.Join(", ", backend.Pieces.Where(p => !p.IsThere).Select(p => p.Name));
        Line(text, "  bridge", missing.Length == 0 && backend.Device is not null ? "complete" : missing.Length == 0 ? "not probed" : $"missing: {missing}");
    }

    private static void WriteGpu(StringBuilder text, GpuFindings gpu, NvdecFindings nvdec)
    {
        Line(text, "GPU", gpu.Problem ?? $"driver {gpu.Driver ?? "unknown"}, CUDA {gpu.DriverCuda}");
        foreach (GpuDevice device in gpu.Devices)
        {
            Line(text, $"  cuda:{device.Index}", $"{device.Name}, {Gigabytes(device.MemoryBytes)}, compute capability {device.ComputeCapability}");
        }

        Line(text, "NVDEC", nvdec.Problem ?? $"{nvdec.Engines} engines: {string.Join(", ", nvdec.Codecs)}");
    }

    private static string Codecs(IReadOnlyDictionary<string, bool> codecs)
    {
        string there = string.Join(" ", codecs.Where(c => c.Value).Select(c => c.Key));
        string missing = string.Join(" ", codecs.Where(c => !c.Value).Select(c => c.Key));
        return missing.Length == 0 ? there : $"{there} (not: {missing})";
    }

    private static string Gigabytes(long? bytes) =>
        bytes is { } known ? (known / Gibi).ToString("0.0", CultureInfo.InvariantCulture) + " GiB" : "unknown";

    private static void Line(StringBuilder text, string name, string value) =>
        text.Append(name.PadRight(12)).Append(' ').AppendLine(value);
}
