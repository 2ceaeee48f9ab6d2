using System.Runtime.InteropServices;

namespace Vsr.Interop.FFmpeg;

/// <summary>The file names of one release's libraries, which carry the major versions, and how to load them.</summary>
internal sealed record FFmpegFileNames(
    FFmpegRelease Release, int AvUtil, int SwResample, int AvCodec, int AvFormat, int SwScale, uint OldestAvUtil)
{
    public static IReadOnlyList<FFmpegFileNames> Supported { get; } =
    [
        new(FFmpegRelease.V51, 57, 4, 59, 59, 6, (57 << 16) | (28 << 8)),
        new(FFmpegRelease.V71, 59, 5, 61, 61, 8, 59 << 16),
        new(FFmpegRelease.V61, 58, 4, 60, 60, 7, (58 << 16) | (29 << 8)),
    ];

    /// <summary>Loads the libraries, dependencies first; null when one is missing.</summary>
    public IReadOnlyDictionary<string, nint>? TryLoad(string? folder)
    {
        Dictionary<string, nint> handles = [];
        return TryLoad(folder, "avutil", AvUtil, handles)
            && TryLoad(folder, "swresample", SwResample, handles)
            && TryLoad(folder, "avcodec", AvCodec, handles)
            && TryLoad(folder, "avformat", AvFormat, handles)
            && TryLoad(folder, "swscale", SwScale, handles)
            ? handles
            : null;
    }

    /// <summary>The major version of a libavutil that is installed but not supported, or null.</summary>
    public static int? FindUnsupportedAvUtil(string? folder)
    {
        for (int major = 70; major >= 52; major--)
        {
            if (TryLoad(folder, "avutil", major, []))
            {
                return major;
            }
        }

        return null;
    }

    private static bool TryLoad(string? folder, string library, int major, Dictionary<string, nint> handles)
    {
        string name = $"lib{library}.so.{major}";
        if (!NativeLibrary.TryLoad(folder is null ? name : Path.Combine(folder, name), out nint handle))
        {
            return false;
        }

        handles[library] = handle;
        return true;
    }
}
