using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>How the pixels of a frame lie in memory: FFmpeg's name and what its descriptor says.</summary>
/// <remarks>Two formats are equal when their names are. Source: libavutil's pixel format descriptors.</remarks>
public sealed unsafe class PixelFormat : IEquatable<PixelFormat>
{
    private readonly ulong _flags;

    private PixelFormat(int id, AVPixFmtDescriptor* descriptor)
    {
        Id = id;
        Name = Utf8.ToText(descriptor->Name)!;
        PlaneCount = LibAvUtil.av_pix_fmt_count_planes(id);
        ChromaShiftX = descriptor->Log2ChromaW;
        ChromaShiftY = descriptor->Log2ChromaH;
        _flags = descriptor->Flags;
        var components = new PixelComponent[descriptor->NbComponents];
        AVComponentDescriptor* component = &descriptor->Comp0;
        for (int i = 0; i < components.Length; i++, component++)
        {
            components[i] = new PixelComponent(
                component->Plane, component->Step, component->Offset, component->Shift, component->Depth);
        }

        Components = components;
    }

    /// <summary>FFmpeg's name: "yuv420p10le".</summary>
    public string Name { get; }

    /// <summary>The number of planes with pixels; a palette is not counted.</summary>
    public int PlaneCount { get; }

    /// <summary>The components in the order Y, U, V or R, G, B, then alpha; one for grey and palette formats.</summary>
    public IReadOnlyList<PixelComponent> Components { get; }

    /// <summary>The bits of the first component.</summary>
    public int BitDepth => Components.Count == 0 ? 0 : Components[0].Depth;

    /// <summary>How often the width of chroma is halved: 1 for 4:2:0 and 4:2:2.</summary>
    public int ChromaShiftX { get; }

    /// <summary>How often the height of chroma is halved: 1 for 4:2:0.</summary>
    public int ChromaShiftY { get; }

    /// <summary>Whether the components are red, green and blue.</summary>
    public bool IsRgb => Has(FFmpegConstants.PixFmtFlagRgb);

    /// <summary>Whether each component has a plane of its own or shares one only with its kin (NV12).</summary>
    public bool IsPlanar => Has(FFmpegConstants.PixFmtFlagPlanar);

    /// <summary>Whether samples of more than 8 bits lie most significant byte first.</summary>
    public bool IsBigEndian => Has(FFmpegConstants.PixFmtFlagBigEndian);

    /// <summary>Whether the samples are indices into a palette.</summary>
    public bool HasPalette => Has(FFmpegConstants.PixFmtFlagPalette);

    /// <summary>Whether there is an alpha component.</summary>
    public bool HasAlpha => Has(FFmpegConstants.PixFmtFlagAlpha);

    /// <summary>Whether the samples are floating-point numbers.</summary>
    public bool IsFloat => Has(FFmpegConstants.PixFmtFlagFloat);

    /// <summary>Whether samples are packed into bits rather than bytes (monowhite).</summary>
    public bool IsBitPacked => Has(FFmpegConstants.PixFmtFlagBitstream);

    /// <summary>Whether there is one component, grey, besides alpha.</summary>
    public bool IsGray => !IsRgb && !HasPalette && Components.Count - (HasAlpha ? 1 : 0) == 1;

    /// <summary>FFmpeg's number, which differs between its releases.</summary>
    internal int Id { get; }

    /// <summary>The format with a name.</summary>
    /// <exception cref="ArgumentException">FFmpeg knows no format of that name.</exception>
    public static PixelFormat FromName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        _ = FFmpegLibrary.Instance;
        return FromId(LibAvUtil.av_get_pix_fmt(name))
            ?? throw new ArgumentException(
                $"'{name}' is no pixel format; 'ffmpeg -pix_fmts' lists them, for example yuv420p", nameof(name));
    }

    /// <summary>The height of a plane of a frame, in rows.</summary>
    public int PlaneHeight(int plane, int frameHeight) => IsChroma(plane) ? CeilShift(frameHeight, ChromaShiftY) : frameHeight;

    /// <summary>The width of a plane of a frame, in samples of one component.</summary>
    public int PlaneWidth(int plane, int frameWidth) => IsChroma(plane) ? CeilShift(frameWidth, ChromaShiftX) : frameWidth;

    /// <summary>The bytes of a row of a plane without padding.</summary>
    public int RowBytes(int plane, int frameWidth) => LibAvUtil.av_image_get_linesize(Id, frameWidth, plane);

    /// <inheritdoc/>
    public bool Equals(PixelFormat? other) => other is not null && other.Name == Name;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PixelFormat);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>The format's name.</summary>
    public override string ToString() => Name;

    /// <summary>The format with FFmpeg's number; null for none.</summary>
    internal static PixelFormat? FromId(int id)
    {
        AVPixFmtDescriptor* descriptor = LibAvUtil.av_pix_fmt_desc_get(id);
        return descriptor is null ? null : new PixelFormat(id, descriptor);
    }

    // Planes 1 and 2 hold chroma in every format with subsampling; an alpha plane (3) has the full size.
    private static bool IsChroma(int plane) => plane is 1 or 2;

    private static int CeilShift(int value, int shift) => -(-value >> shift);

    private bool Has(ulong flag) => (_flags & flag) != 0;
}
