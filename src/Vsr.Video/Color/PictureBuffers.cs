namespace Vsr.Video;

/// <summary>A picture's planes in host memory, to be written: up to four spans with their strides in bytes.</summary>
internal readonly ref struct PictureBuffers
{
    private readonly Span<byte> _plane0;
    private readonly Span<byte> _plane1;
    private readonly Span<byte> _plane2;
    private readonly Span<byte> _plane3;
    private readonly int _stride0;
    private readonly int _stride1;
    private readonly int _stride2;
    private readonly int _stride3;

    public PictureBuffers(Span<byte> plane0, int stride0, Span<byte> plane1 = default, int stride1 = 0,
        Span<byte> plane2 = default, int stride2 = 0, Span<byte> plane3 = default, int stride3 = 0)
    {
        _plane0 = plane0;
        _plane1 = plane1;
        _plane2 = plane2;
        _plane3 = plane3;
        _stride0 = stride0;
        _stride1 = stride1;
        _stride2 = stride2;
        _stride3 = stride3;
    }

    /// <summary>A plane from row y on.</summary>
    public Span<byte> Row(int plane, int y) => plane switch
    {
        0 => _plane0[(_stride0 * y)..],
        1 => _plane1[(_stride1 * y)..],
        2 => _plane2[(_stride2 * y)..],
        _ => _plane3[(_stride3 * y)..],
    };
}
