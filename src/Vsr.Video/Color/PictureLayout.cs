namespace Vsr.Video;

/// <summary>How the pixels of a format lie in memory and what they mean, as far as colour conversion needs to know.</summary>
internal sealed record PictureLayout
{
    /// <summary>FFmpeg's name of the format, for messages: "yuv420p10le".</summary>
    public required string Name { get; init; }

    /// <summary>Y, U, V or R, G, B or grey alone; alpha is left out.</summary>
    public required IReadOnlyList<SampleLayout> Components { get; init; }

    /// <summary>log2 of the horizontal chroma subsampling: 0, 1 or 2.</summary>
    public int ChromaShiftX { get; init; }

    /// <summary>log2 of the vertical chroma subsampling: 0, 1 or 2.</summary>
    public int ChromaShiftY { get; init; }

    /// <summary>True when the components are red, green and blue: no matrix.</summary>
    public bool IsRgb { get; init; }

    /// <summary>True when the samples index a palette of 256 colours (blue, green, red, alpha) in plane 1.</summary>
    public bool HasPalette { get; init; }

    /// <summary>True for the formats whose name says full range (yuvj420p and kin).</summary>
    public bool IsFullRangeByName { get; init; }

    /// <summary>True when there is one component, grey, and no palette.</summary>
    public bool IsGray => Components.Count == 1 && !HasPalette;

    /// <summary>Bits of a sample of the first component.</summary>
    public int BitDepth => Components[0].Depth;

    /// <summary>Width of a component's rows in samples, for a picture of this width.</summary>
    public int ComponentWidth(int component, int width) =>
        component == 0 || IsRgb ? width : (width + (1 << ChromaShiftX) - 1) >> ChromaShiftX;

    /// <summary>Number of a component's rows, for a picture of this height.</summary>
    public int ComponentHeight(int component, int height) =>
        component == 0 || IsRgb ? height : (height + (1 << ChromaShiftY) - 1) >> ChromaShiftY;

    /// <summary>Number of planes that hold samples (a palette counts).</summary>
    public int PlaneCount => HasPalette ? 2 : Components.Max(part => part.Plane) + 1;

    /// <summary>Bytes of a plane's row without padding.</summary>
    public int RowBytes(int plane, int width)
    {
        int component = FirstComponentOf(plane);
        SampleLayout part = Components[component];
        int units = ComponentWidth(component, width) * part.Step;
        return part.IsBitstream ? (units + 7) >> 3 : units;
    }

    /// <summary>Number of a plane's rows.</summary>
    public int PlaneRows(int plane, int height) => ComponentHeight(FirstComponentOf(plane), height);

    // Of components that share a plane the one with the most samples, so that yuyv422 has its luma's row length.
    private int FirstComponentOf(int plane)
    {
        for (int i = 0; i < Components.Count; i++)
        {
            if (Components[i].Plane == plane)
            {
                return i;
            }
        }

        return 0;
    }
}
