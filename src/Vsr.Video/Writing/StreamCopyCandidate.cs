namespace Vsr.Video.Writing;

/// <summary>A stream of the input beside the chosen video, as the rules of copying see it.</summary>
/// <param name="Index">The stream's number in the input.</param>
/// <param name="Type">"audio", "subtitle", "video", "data" or "attachment".</param>
/// <param name="Codec">FFmpeg's name of the codec ("aac", "mov_text"); "unknown" where FFmpeg has none.</param>
internal readonly record struct StreamCopyCandidate(int Index, string Type, string Codec)
{
    /// <summary>The stream is a cover picture, not a moving one.</summary>
    public bool IsAttachedPicture { get; init; }
}
