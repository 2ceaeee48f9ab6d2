namespace Vsr.Video.Writing;

/// <summary>A stream that is kept: where it goes and how far it has come.</summary>
internal sealed class StreamCopyTrack(StreamCopyDecision decision)
{
    /// <summary>Which stream and what is done with it.</summary>
    public StreamCopyDecision Decision { get; } = decision;

    /// <summary>Its index in the output.</summary>
    public int OutputIndex { get; set; }

    /// <summary>The decoding time after the last packet, in ticks of the input; for packets that have none.</summary>
    public long NextInputTicks { get; set; }

    /// <summary>The last decoding time written, in ticks of the output; null before the first packet.</summary>
    public long? LastOutputTicks { get; set; }

    /// <summary>The decoding time that follows the last packet without a gap, in ticks of the output; null before the first.</summary>
    public long? NextOutputTicks { get; set; }
}
