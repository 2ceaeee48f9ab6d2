using Vsr.Data.Synthesis;

namespace Vsr.Data;

/// <summary>Makes a clip's low-resolution frames as they are before compression: blurred, reduced, with noise, rounded to 8 bit.</summary>
/// <remarks>
/// Frames are cropped right and below to a multiple of 2 S, since yuv420p wants low-resolution frames of even sides. A frame's result
/// depends on the frame, its number and the drawn numbers alone, to the bit. One thread at a time.
/// </remarks>
public sealed class FrameDegrader
{
    private const int Multiple = 2;

    private readonly ClipDegradation _degradation;
    private readonly BlurredReduction _reduction;
    private readonly int _fullWidth;
    private readonly int _fullHeight;
    private readonly float[] _reduced;

    /// <summary>A degrader for the frames of one clip.</summary>
    /// <param name="degradation">What is done to them.</param>
    /// <param name="width">The frames' width.</param>
    /// <param name="height">The frames' height.</param>
    /// <exception cref="ArgumentException">The scale is not 2, 3 or 4.</exception>
    /// <exception cref="VsrException">The frames are too small.</exception>
    public FrameDegrader(ClipDegradation degradation, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(degradation);
        new DegradationOptions { Scale = degradation.Scale }.Validate();
        int least = Multiple * degradation.Scale;
        (CroppedWidth, CroppedHeight) = (width - (width % least), height - (height % least));
        if (CroppedWidth < least || CroppedHeight < least)
        {
            throw new VsrException($"frames of {width}x{height} are too small to be reduced {degradation.Scale} times; "
                + $"they need {least} pixels a side");
        }

        (_fullWidth, _fullHeight) = (width, height);
        _degradation = degradation;
        _reduction = new BlurredReduction(degradation.Scale, degradation.BlurSigma);
        _reduced = new float[3 * Width * Height];
    }

    /// <summary>Width of the part that is reduced: a multiple of 2 S.</summary>
    public int CroppedWidth { get; }

    /// <summary>Height of the part that is reduced: a multiple of 2 S.</summary>
    public int CroppedHeight { get; }

    /// <summary>Width of the low-resolution frames.</summary>
    public int Width => CroppedWidth / _degradation.Scale;

    /// <summary>Height of the low-resolution frames.</summary>
    public int Height => CroppedHeight / _degradation.Scale;

    /// <summary>Degrades a frame.</summary>
    /// <param name="frame">Its number in the clip, from 0: which noise it gets.</param>
    /// <param name="hr">Planar RGB [3, H, W], 8 bits, whole.</param>
    /// <param name="lr">Receives planar RGB [3, <see cref="Height"/>, <see cref="Width"/>], 8 bits.</param>
    /// <exception cref="ArgumentException">A frame of another size.</exception>
    public void Degrade(int frame, ReadOnlySpan<byte> hr, Span<byte> lr)
    {
        int plane = _fullWidth * _fullHeight;
        if (hr.Length != 3 * plane || lr.Length != _reduced.Length)
        {
            throw new ArgumentException(
                $"{hr.Length} samples for {lr.Length}; {_fullWidth}x{_fullHeight} has {3 * plane}, {Width}x{Height} {_reduced.Length}", nameof(hr));
        }

        int small = Width * Height;
        for (int channel = 0; channel < 3; channel++)
        {
            _reduction.Apply(
                hr.Slice(channel * plane, plane), _fullWidth, CroppedWidth, CroppedHeight, _reduced.AsSpan(channel * small, small));
        }

        if (_degradation.NoiseSigma > 0)
        {
            AddNoise(_degradation.NoiseOf(frame), small);
        }

        for (int i = 0; i < lr.Length; i++)
        {
            lr[i] = (byte)Math.Floor(Math.Clamp(_reduced[i], 0, byte.MaxValue) + 0.5);
        }
    }

    private void AddNoise(MotionRandom random, int plane)
    {
        for (int i = 0; i < plane; i++)
        {
            float grey = (float)random.Normal(_degradation.NoiseSigma);
            _reduced[i] += grey;
            _reduced[plane + i] += _degradation.IsNoiseColored ? (float)random.Normal(_degradation.NoiseSigma) : grey;
            _reduced[(2 * plane) + i] += _degradation.IsNoiseColored ? (float)random.Normal(_degradation.NoiseSigma) : grey;
        }
    }
}
