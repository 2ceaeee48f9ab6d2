using TorchSharp;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Upscaling.Color;

/// <summary>
/// RGB of the network to the planes that the encoder takes, by tensor operations on the network's device: the host receives
/// 1.5 bytes a pixel of an 8-bit 4:2:0 video in place of 12.
/// </summary>
/// <remarks>
/// The same matrices, ranges, sitings and rounding (halves up, once) as <see cref="YuvConversion"/>, the plain reference;
/// results differ where the two orders of summation fall on two sides of a half. Chroma is averaged before the matrix,
/// which is linear. Formats: planar YUV and RGB of 8 to 16 bits, little endian, without alpha.
/// </remarks>
internal sealed class DeviceYuvConversion
{
    private readonly PictureLayout _layout;
    private readonly YuvTransform _transform;
    private readonly ChromaSiting _siting;

    /// <summary>Prepares the conversion to a format.</summary>
    /// <param name="layout">The pixel format.</param>
    /// <param name="color">Its colour tags; unspecified ones mean what they mean to a reader of the output.</param>
    /// <param name="height">The output's height in pixels.</param>
    public DeviceYuvConversion(PictureLayout layout, ColorDescription color, int height)
    {
        if (!IsSupported(layout))
        {
            throw new ArgumentException($"pixel format {layout.Name} has no conversion on a device", nameof(layout));
        }

        _layout = layout;
        _transform = YuvTransform.Of(layout, color, height, fullScale: 1);
        _siting = ChromaSiting.FromName(color.ChromaLocation);
    }

    /// <summary>Whether frames of this format can be made.</summary>
    public static bool IsSupported(PictureLayout layout) =>
        layout is { HasPalette: false, ChromaShiftX: <= 1, ChromaShiftY: <= 1 }
        && layout.Components.Count is 1 or 3
        && layout.Components.Select(part => part.Plane).Distinct().Count() == layout.Components.Count
        && layout.Components.All(part => part is { IsBitstream: false, IsFloat: false, IsBigEndian: false, Shift: 0, Offset: 0 }
            && part.Depth >= 8 && part.Step == (part.Depth + 7) / 8);

    /// <summary>Bytes of a frame of this format without padding.</summary>
    public static long ByteCount(PictureLayout layout, int width, int height) =>
        Enumerable.Range(0, layout.PlaneCount).Sum(plane => (long)layout.RowBytes(plane, width) * layout.PlaneRows(plane, height));

    /// <summary>Converts one frame.</summary>
    /// <param name="sr">float32 [1, 3, H, W], RGB, 0..1, unclamped, on any device.</param>
    /// <returns>
    /// uint8 [samples], or int16 [samples] above 8 bits (65535 is -1), on the same device: the planes in the format's order,
    /// each without padding, back to back. The caller disposes it.
    /// </returns>
    public Tensor Convert(Tensor sr)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        Tensor rgb = sr.clamp(0, 1);
        bool isReduced = !_layout.IsRgb && _layout.ChromaShiftX + _layout.ChromaShiftY > 0 && _layout.Components.Count == 3;
        Tensor chromaRgb = isReduced ? Reduce(rgb) : rgb;
        YuvTransform t = _transform;
        Tensor?[] planes = new Tensor?[_layout.Components.Count];
        planes[_layout.Components[0].Plane] = Component(rgb, t.Y0, t.Y1, t.Y2, t.Offset0);
        if (planes.Length == 3)
        {
            planes[_layout.Components[1].Plane] = Component(chromaRgb, t.U0, t.U1, t.U2, t.Offset1);
            planes[_layout.Components[2].Plane] = Component(chromaRgb, t.V0, t.V1, t.V2, t.Offset2);
        }

        return scope.MoveToOuter(cat(planes!, 0));
    }

    /// <summary>One component of all pixels, rounded.</summary>
    private Tensor Component(Tensor rgb, double red, double green, double blue, double offset)
    {
        int depth = _layout.BitDepth;
        Tensor value = (rgb.select(1, 0) * red).add_(rgb.select(1, 1), green).add_(rgb.select(1, 2), blue)
            .add_(offset + 0.5).clamp_(0, (1 << depth) - 0.5).flatten();        // truncation below rounds halves up
        return depth == 8
            ? value.to(ScalarType.Byte)
            : value.to(ScalarType.Int32).to(ScalarType.Int16);
    }

    /// <summary>[1, 3, H, W] to the resolution of chroma.</summary>
    private Tensor Reduce(Tensor rgb)
    {
        Tensor reduced = _layout.ChromaShiftY == 1 ? Halve(rgb, 2, ChromaReduction.Taps(_siting.OffsetY(2))) : rgb;
        return _layout.ChromaShiftX == 1 ? Halve(reduced, 3, ChromaReduction.Taps(_siting.OffsetX(2))) : reduced;
    }

    private static Tensor Halve(Tensor x, int dimension, (int First, float Weight0, float Weight1, float Weight2) taps)
    {
        long size = x.size(dimension);
        long outputs = (size + 1) / 2;
        long lead = -taps.First;
        long needed = (2 * outputs) + (taps.Weight2 == 0 ? 0 : 1);
        List<Tensor> parts = [];
        if (lead > 0)
        {
            parts.Add(x.narrow(dimension, 0, lead));
        }

        parts.Add(x);
        for (long missing = needed - lead - size; missing > 0; missing--)
        {
            parts.Add(x.narrow(dimension, size - 1, 1));                        // the edge is repeated
        }

        Tensor padded = parts.Count == 1 ? x : cat([.. parts], dimension);
        Tensor halved = (padded.slice(dimension, 0, (2 * outputs) - 1, 2) * taps.Weight0)
            .add_(padded.slice(dimension, 1, 2 * outputs, 2), taps.Weight1);
        return taps.Weight2 == 0
            ? halved
            : halved.add_(padded.slice(dimension, 2, (2 * outputs) + 1, 2), taps.Weight2);
    }
}
