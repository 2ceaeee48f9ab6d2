namespace Vsr.Video;

/// <summary>What one step of decoding gave.</summary>
internal enum StreamStep
{
    /// <summary>The next frame.</summary>
    Frame,

    /// <summary>No more frames: the end of the file.</summary>
    End,

    /// <summary>Something other than the index says: the file is damaged, or decoding began where it should not have.</summary>
    Mismatch,
}
