namespace Vsr.Video.Writing;

/// <summary>The containers into which streams are copied.</summary>
internal enum StreamCopyContainer
{
    /// <summary>MPEG-4 part 14: .mp4 and .m4v.</summary>
    Mp4,

    /// <summary>QuickTime: .mov.</summary>
    Mov,

    /// <summary>Matroska: .mkv.</summary>
    Matroska,
}
