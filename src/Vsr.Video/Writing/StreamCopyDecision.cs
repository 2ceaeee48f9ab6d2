namespace Vsr.Video.Writing;

/// <summary>What becomes of one stream of the input in the output.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Action">Copied, converted or left out.</param>
/// <param name="OutputCodec">The codec in the output; null when the stream is left out.</param>
/// <param name="Reason">Why the stream is left out, with the fix where there is one; null when it is kept.</param>
internal sealed record StreamCopyDecision(
    StreamCopyCandidate Stream, StreamCopyAction Action, string? OutputCodec, string? Reason)
{
    /// <summary>One line for the user about a stream that is left out.</summary>
    public string Describe() =>
        $"stream {Stream.Index} ({Stream.Type}, {Stream.Codec}) is left out: {Reason}";
}
