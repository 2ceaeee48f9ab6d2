namespace Vsr.Video.Writing;

/// <summary>What becomes of a stream of the input.</summary>
internal enum StreamCopyAction
{
    /// <summary>Its packets are written as they are, byte for byte.</summary>
    Copy,

    /// <summary>Its text is written in the container's own subtitle format.</summary>
    ConvertText,

    /// <summary>It is not in the output.</summary>
    LeaveOut,
}
