namespace Vsr.Video;

/// <summary>What the coded data says of a packet.</summary>
[Flags]
internal enum PacketKinds : byte
{
    None = 0,

    /// <summary>A key frame by the type of its NAL units or its frame header; by the container's word for other codecs.</summary>
    Key = 1,

    /// <summary>Decoding can begin here, and every later packet decodes as in the whole file (IDR).</summary>
    ClosedStart = 2,

    /// <summary>Decoding can begin here for the frames shown from this one on; frames shown before it need an earlier start.</summary>
    OpenStart = 4,

    /// <summary>Decoded but not shown: cut away by an edit list.</summary>
    Discarded = 8,

    /// <summary>No other picture needs this one: it may be left undecoded where it is not asked for.</summary>
    Disposable = 16,
}
