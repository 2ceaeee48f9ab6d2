namespace Vsr.Video;

/// <summary>A decoder at a position in a file, which gives frames in order from any frame on.</summary>
internal interface IFrameStream : IDisposable
{
    /// <summary>How often the position in the file was changed.</summary>
    long Seeks { get; }

    /// <summary>Packets given to the decoder.</summary>
    long Packets { get; }

    /// <summary>Frames that came out of the decoder.</summary>
    long Decoded { get; }

    /// <summary>Makes the frame one of the next to come out: goes on where that is cheaper, else seeks.</summary>
    void Prepare(int frame);

    /// <summary>Decodes until the next frame comes out.</summary>
    /// <param name="frame">The frame, for the caller to dispose; null unless there is one.</param>
    StreamStep Next(out VideoFrame? frame);

    /// <summary>Never begins again where it last began; false where that would not help.</summary>
    bool DistrustStart();
}
