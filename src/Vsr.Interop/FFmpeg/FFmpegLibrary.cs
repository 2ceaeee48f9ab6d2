using System.Runtime.InteropServices;

namespace Vsr.Interop.FFmpeg;

/// <summary>FFmpeg's libraries, loaded once per process from one release whose struct layouts are known.</summary>
/// <remarks>
/// Releases are tried in the order 5.1, 7.1, 6.1, first in the folder <c>VSR_FFMPEG</c> where it is set, else where the
/// system's loader finds them. The functions of <see cref="LibAvUtil"/> and its siblings work once <see cref="Instance"/>
/// has been read.
/// </remarks>
internal sealed unsafe class FFmpegLibrary
{
    private const string FolderVariable = "VSR_FFMPEG";

    private static readonly Lazy<FFmpegLibrary> Loaded = new(Load);

    private FFmpegLibrary(FFmpegRelease release, string? folder)
    {
        Release = release;
        Folder = folder;
        Offsets = new FFmpegOffsets(release);
    }

    /// <summary>The libraries of this process.</summary>
    /// <exception cref="VsrException">No supported release is installed; the message names what was found instead.</exception>
    public static FFmpegLibrary Instance => Loaded.Value;

    /// <summary>Which table of offsets holds.</summary>
    public FFmpegRelease Release { get; }

    /// <summary>The folder given by VSR_FFMPEG, or null for the system's.</summary>
    public string? Folder { get; }

    public FFmpegOffsets Offsets { get; }

    /// <summary>FFmpeg's own name of its version, "5.1.9-0+deb12u1".</summary>
    public string Version { get; } = Utf8.ToText(LibAvUtil.av_version_info()) ?? "unknown";

    /// <summary>The versions of libavutil, libavcodec, libavformat and libswscale, "57.28.100".</summary>
    public IReadOnlyDictionary<string, string> LibraryVersions { get; } = new Dictionary<string, string>
    {
        ["libavutil"] = Dotted(LibAvUtil.avutil_version()),
        ["libavcodec"] = Dotted(LibAvCodec.avcodec_version()),
        ["libavformat"] = Dotted(LibAvFormat.avformat_version()),
        ["libswscale"] = Dotted(LibSwScale.swscale_version()),
    };

    private static FFmpegLibrary Load()
    {
        string? folder = Environment.GetEnvironmentVariable(FolderVariable);
        folder = string.IsNullOrEmpty(folder) ? null : folder;
        foreach (FFmpegFileNames names in FFmpegFileNames.Supported)
        {
            if (names.TryLoad(folder) is { } handles)
            {
                NativeLibrary.SetDllImportResolver(
                    typeof(FFmpegLibrary).Assembly, (name, _, _) => handles.GetValueOrDefault(name));
                Verify(names);
                FFmpegLog.Install();
                return new FFmpegLibrary(names.Release, folder);
            }
        }

        throw NotFound(folder);
    }

    private static void Verify(FFmpegFileNames names)
    {
        uint version = LibAvUtil.avutil_version();
        if (version < names.OldestAvUtil)
        {
            throw new VsrException(
                $"FFmpeg {Utf8.ToText(LibAvUtil.av_version_info())} (libavutil {Dotted(version)}) is older than the " +
                "supported 5.1, 6.1 and 7.1; update FFmpeg")
            { Hint = InstallHint };
        }
    }

    private const string InstallHint = "Debian and Ubuntu: apt-get install ffmpeg (Debian 12 has 5.1, Debian 13 has 7.1); "
        + "or set " + FolderVariable + " to a folder with the libraries";

    private static VsrException NotFound(string? folder)
    {
        int? other = FFmpegFileNames.FindUnsupportedAvUtil(folder);
        string where = folder is null ? "" : $" in {FolderVariable}={folder}";
        string message = other is null
            ? $"FFmpeg's libraries were not found{where}: libavutil, libavcodec, libavformat and libswscale of 5.1, 6.1 or 7.1 are needed"
            : $"the FFmpeg found{where} has libavutil {other}, which is not supported: 5.1, 6.1 or 7.1 is needed (libavutil 57, 58 or 59)";
        return new VsrException(message) { Hint = InstallHint };
    }

    private static string Dotted(uint version) => $"{version >> 16}.{(version >> 8) & 255}.{version & 255}";
}
