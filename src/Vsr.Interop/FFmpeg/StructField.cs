namespace Vsr.Interop.FFmpeg;

/// <summary>Where one field of a C struct lies, in bytes, in each supported release of FFmpeg on a 64-bit Linux.</summary>
/// <param name="Id">The field as the binding names it.</param>
/// <param name="Struct">The struct as FFmpeg's headers name it.</param>
/// <param name="Field">The field as FFmpeg's headers name it, in the newest release.</param>
/// <param name="Offset51">In 5.1 (libavcodec 59); -1 where the field does not exist.</param>
/// <param name="Offset61">In 6.1 (libavcodec 60).</param>
/// <param name="Offset71">In 7.1 (libavcodec 61).</param>
internal sealed record StructField(
    StructFieldId Id, string Struct, string Field, int Offset51, int Offset61, int Offset71)
{
    /// <summary>The offset in one release; -1 where that release lacks the field.</summary>
    public int In(FFmpegRelease release) => release switch
    {
        FFmpegRelease.V51 => Offset51,
        FFmpegRelease.V61 => Offset61,
        _ => Offset71,
    };
}
