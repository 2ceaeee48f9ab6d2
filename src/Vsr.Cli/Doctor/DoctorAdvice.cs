using Vsr.Torch;

namespace Vsr.Cli.Doctor;

/// <summary>What to do about what is missing.</summary>
internal static class DoctorAdvice
{
    private const long LowDiskBytes = 2L << 30;
    private const long LowMemoryBytes = 2L << 30;

    public static IReadOnlyList<string> For(
        SystemFindings system, FFmpegFindings ffmpeg, BackendFindings backend, GpuFindings gpu, NvdecFindings nvdec)
    {
        List<string> advice = [];
        ForFFmpeg(ffmpeg, advice);
        ForBackend(backend, gpu, advice);
        if (gpu.Problem is null && nvdec.Problem is not null)
        {
            advice.Add("NVDEC: videos are decoded on the CPU; in a container set NVIDIA_DRIVER_CAPABILITIES=compute,video,utility");
        }

        if (system.FreeDiskBytes < LowDiskBytes)
        {
            advice.Add($"disk: less than 2 GB are free in {system.Folder}; checkpoints and videos need room");
        }

        if (system.AvailableMemoryBytes < LowMemoryBytes)
        {
            advice.Add("memory: less than 2 GB are available; use smaller batches, crops and fewer reading threads");
        }

        return advice;
    }

    private static void ForFFmpeg(FFmpegFindings ffmpeg, List<string> advice)
    {
        if (ffmpeg.Problem is not null)
        {
            advice.Add($"FFmpeg: {ffmpeg.Hint ?? "install its libraries, 5.1, 7.1 or 6.1"}");
            return;
        }

        if (ffmpeg.Status == "untested")
        {
            advice.Add($"FFmpeg {ffmpeg.Version} is known but untested; 5.1 is tested in full, 7.1 for reading");
        }

        if (!ffmpeg.Decoders.GetValueOrDefault("h264") || !ffmpeg.Encoders.GetValueOrDefault("libx264"))
        {
            advice.Add("FFmpeg: this build lacks h264 or libx264; install the distribution's full libavcodec (Debian: libavcodec-extra)");
        }
    }

    private static void ForBackend(BackendFindings backend, GpuFindings gpu, List<string> advice)
    {
        if (backend.Problem is not null)
        {
            advice.Add($"libtorch: {backend.Hint ?? "see the attempts above"}");
        }

        bool onGpu = backend.Device?.StartsWith("cuda", StringComparison.Ordinal) == true;
        if (gpu.Problem is null && !onGpu)
        {
            advice.Add(
                "GPU: there is one, and it is not used; install PyTorch 2.10 or 2.11 for CUDA for python3, or name its folder with " +
                "--libtorch or VSR_LIBTORCH (docs/gpu.md)");
        }

        foreach (BridgePiece piece in backend.Pieces.Where(piece => !piece.IsThere && onGpu))
        {
            advice.Add($"libtorch: no {piece.Name} ({(piece.Missing is [string why, ..] ? why : "not found")}), so {piece.Instead}; PyTorch 2.11 has every part");
        }
    }
}
