using TorchSharp;
using Vsr.Data.Resampling;
using static TorchSharp.torch;

namespace Vsr.Data;

/// <summary>The published protocol's way to low resolution and back: bicubic with a = -0.5 and mirrored edges, antialiased when reducing.</summary>
/// <remarks>
/// The same as MATLAB's imresize on pictures in floating point, rounded to 8 bit at the end as im2uint8 does (halves up).
/// Both directions are sums of slices in the tensor's own precision: no matrix product, so TF32 does not touch them; nothing
/// is made on the host and nothing synchronizes, so they can be captured in a CUDA graph. Not to be confused with the
/// enlargement inside networks, which is PyTorch's (a = -0.75, replicated edges).
/// </remarks>
public static class Degradation
{
    private const double Levels = 255;

    /// <summary>Reduces frames to 1/S of width and height.</summary>
    /// <param name="hr">float32 or float64 [..., C, H, W], 0..1, any device; H and W are multiples of S.</param>
    /// <param name="scale">S: 2, 3 or 4.</param>
    /// <param name="quantize">Clamps to 0..1 and rounds to 8-bit levels; off, the filter's values come out as they are. Default: true.</param>
    /// <returns>The same type and device, [..., C, H/S, W/S], levels k/255; new memory, the caller's.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not 2, 3 or 4.</exception>
    /// <exception cref="ArgumentException">The type is not floating point of 32 or 64 bit, or a size is no multiple of S.</exception>
    public static Tensor Reduce(Tensor hr, int scale, bool quantize = true)
    {
        Check(hr, scale);
        int dims = (int)hr.dim();
        (long height, long width) = (hr.size(dims - 2), hr.size(dims - 1));
        if (height % scale != 0 || width % scale != 0)
        {
            throw new ArgumentException(
                $"a frame of {width}x{height} is no multiple of {scale}; crop it to {width - (width % scale)}x{height - (height % scale)}",
                nameof(hr));
        }

        BicubicReduction reduction = new(scale);
        return Separable(hr, quantize, reduction.Along);
    }

    /// <summary>Enlarges frames to S times the width and height.</summary>
    /// <param name="lr">float32 or float64 [..., C, h, w], 0..1, any device.</param>
    /// <param name="scale">S: 2, 3 or 4.</param>
    /// <param name="quantize">As in <see cref="Reduce"/>.</param>
    /// <returns>The same type and device, [..., C, S*h, S*w]; new memory, the caller's.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not 2, 3 or 4.</exception>
    /// <exception cref="ArgumentException">The type is not floating point of 32 or 64 bit.</exception>
    public static Tensor Enlarge(Tensor lr, int scale, bool quantize = true)
    {
        Check(lr, scale);
        BicubicEnlargement enlargement = new(scale);
        return Separable(lr, quantize, enlargement.Along);
    }

    /// <summary>Clamps to 0..1 and rounds to the nearest 8-bit level, halves up.</summary>
    /// <param name="x">Any shape, floating point.</param>
    /// <returns>A new tensor of levels k/255.</returns>
    public static Tensor Quantize(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        Tensor levels = x.mul(Levels);
        RoundLevels(levels);
        return levels;
    }

    /// <remarks>
    /// Works on 0..255 when rounding: 8-bit levels are whole numbers there and the first direction's sums exact, so values
    /// that fall between two levels round alike on every device.
    /// </remarks>
    private static Tensor Separable(Tensor x, bool quantize, Func<Tensor, int, Tensor> along)
    {
        using DisposeScope scope = NewDisposeScope();
        int dims = (int)x.dim();
        Tensor input = quantize ? x.mul(Levels) : x;
        Tensor rows = along(input, dims - 2);
        Tensor result = along(rows, dims - 1);
        if (quantize)
        {
            RoundLevels(result);
        }

        return scope.MoveToOuter(result);
    }

    private static void RoundLevels(Tensor levels)
    {
        levels.clamp_(0, Levels);
        levels.add_(0.5);
        levels.floor_();
        levels.div_(Levels);
    }

    private static void Check(Tensor x, int scale)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scale, 4);
        if (x.dtype is not (ScalarType.Float32 or ScalarType.Float64))
        {
            throw new ArgumentException($"frames of type {x.dtype}; convert them to float32 in 0..1", nameof(x));
        }

        if (x.dim() < 2)
        {
            throw new ArgumentException($"frames with {x.dim()} dimensions; give [..., H, W]", nameof(x));
        }
    }
}
