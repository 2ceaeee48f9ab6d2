using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Vsr.Video;

/// <summary>The parameter of the kernel in surface_to_tensor.cu, field for field.</summary>
/// <remarks>
/// Transposition and flips are no business of the kernel's: they are the two strides (from a pixel of the picture to its right
/// neighbour and to the one below) and the place of the crop's first pixel.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct SurfaceKernelArguments
{
    public nint Luma;
    public nint Chroma;
    public nint ChromaV;
    public nint Output;
    public long ChannelStride;
    public long StrideX;
    public long StrideY;
    public int Pitch;
    public int Shift;
    public int CropX;
    public int CropY;
    public int CropWidth;
    public int CropHeight;
    public int ChromaWidth;
    public int ChromaHeight;
    public int EvenRowAbove;
    public int YIsFast;
    public float EvenWeightX;
    public float OddWeightX;
    public float EvenWeightY;
    public float OddWeightY;
    public Three Offset;
    public Nine Matrix;
    public Three Constant;
    public float Scale;
    public float Bias;
    public int Unused;

    /// <summary>The arguments, in the precision and with the roundings of <see cref="RgbKernel"/>.</summary>
    public static SurfaceKernelArguments Of(
        in DeviceSurface surface, in SurfaceConversion conversion, PictureLayout layout, in ColorTransform transform)
    {
        nint planeBytes = (nint)surface.PitchBytes * surface.Rows;
        SurfaceKernelArguments arguments = new()
        {
            Luma = surface.Pointer,
            Chroma = surface.Pointer + planeBytes,
            ChromaV = surface.Pointer + (2 * planeBytes),
            Output = conversion.Output,
            ChannelStride = conversion.ChannelStride,
            Pitch = surface.PitchBytes,
            Shift = layout.Components[0].Shift,
            CropX = conversion.Crop.X,
            CropY = conversion.Crop.Y,
            CropWidth = conversion.Crop.Width,
            CropHeight = conversion.Crop.Height,
            ChromaWidth = layout.ComponentWidth(1, surface.Width),
            ChromaHeight = layout.ComponentHeight(1, surface.Height),
            Scale = conversion.Scale,
            Bias = conversion.Offset,
        };
        arguments.SetStrides(conversion);
        arguments.SetChromaWeights(ChromaSiting.FromName(conversion.Color.ChromaLocation));
        arguments.SetTransform(transform, conversion.Type == SampleType.UInt8 ? byte.MaxValue : 1);
        return arguments;
    }

    private void SetStrides(in SurfaceConversion conversion)
    {
        bool flipX = conversion.Transpose ? conversion.FlipVertical : conversion.FlipHorizontal;
        bool flipY = conversion.Transpose ? conversion.FlipHorizontal : conversion.FlipVertical;
        StrideX = conversion.Transpose ? conversion.RowStride : conversion.ColumnStride;
        StrideY = conversion.Transpose ? conversion.ColumnStride : conversion.RowStride;
        if (flipX)
        {
            Output += (nint)(StrideX * (CropWidth - 1) * conversion.ElementBytes);
            StrideX = -StrideX;
        }

        if (flipY)
        {
            Output += (nint)(StrideY * (CropHeight - 1) * conversion.ElementBytes);
            StrideY = -StrideY;
        }

        YIsFast = Math.Abs(StrideY) < Math.Abs(StrideX) ? 1 : 0;
    }

    // Positions of ChromaInterpolation for a subsampling of 2: an even one lies offset / 2 before its chroma sample.
    private void SetChromaWeights(ChromaSiting siting)
    {
        double offsetX = siting.OffsetX(2);
        EvenWeightX = (float)(offsetX / 2);
        OddWeightX = (float)((1 - offsetX) / 2);
        double offsetY = siting.OffsetY(2);
        EvenRowAbove = offsetY > 0 ? 1 : 0;
        EvenWeightY = (float)(EvenRowAbove - (offsetY / 2));
        OddWeightY = (float)((1 - offsetY) / 2);
    }

    private void SetTransform(in ColorTransform t, double maximum)
    {
        Offset[0] = (float)t.Offset0;
        Offset[1] = (float)t.Offset1;
        Offset[2] = (float)t.Offset2;
        ReadOnlySpan<double> rows = [t.R0, t.R1, t.R2, t.G0, t.G1, t.G2, t.B0, t.B1, t.B2];
        for (int i = 0; i < rows.Length; i++)
        {
            Matrix[i] = (float)(rows[i] * maximum);
        }

        Constant[1] = (float)(t.ConstantG * maximum);
        Constant[2] = (float)(t.ConstantB * maximum);
    }

    [InlineArray(3)]
    internal struct Three
    {
        private float _first;
    }

    [InlineArray(9)]
    internal struct Nine
    {
        private float _first;
    }
}
