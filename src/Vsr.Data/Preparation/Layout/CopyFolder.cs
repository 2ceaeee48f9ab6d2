using System.Globalization;

namespace Vsr.Data.Preparation.Layout;

/// <summary>Which copy of the scenes a folder holds: the settings that were given, null for those that were not.</summary>
/// <param name="Codec">"h264" or "hevc".</param>
/// <param name="Crf">The constant rate factor.</param>
/// <param name="KeyInt">Frames from key frame to key frame.</param>
internal sealed record CopyFolder(string? Codec, int? Crf, int? KeyInt)
{
    /// <summary>The folders' names, one below the other.</summary>
    public IEnumerable<string> Parts
    {
        get
        {
            if (Codec is not null)
            {
                yield return Codec;
            }

            if (Crf is { } crf)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"crf{crf}");
            }

            if (KeyInt is { } keyInt)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"keyint{keyInt}");
            }
        }
    }
}
