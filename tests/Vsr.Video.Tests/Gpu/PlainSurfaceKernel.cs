namespace Vsr.Video.Tests.Gpu;

/// <summary>
/// surface_to_tensor.cu in C#, pixel by pixel: takes the arguments that the kernel gets, with host addresses in them. What it
/// shows on any machine is that the arguments and the arithmetic are right; the kernel itself runs in the tests that need a GPU.
/// </summary>
internal static unsafe class PlainSurfaceKernel
{
    public static void Run(in SurfaceKernelArguments a, KernelVariant variant)
    {
        for (int row = 0; row < a.CropHeight; row++)
        {
            for (int column = 0; column < a.CropWidth; column++)
            {
                float y = Sample(a, variant, a.Luma, a.CropX + column, a.CropY + row) - a.Offset[0];
                (float u, float v) = Chroma(a, variant, a.CropX + column, a.CropY + row);
                long element = (column * a.StrideX) + (row * a.StrideY);
                for (int channel = 0; channel < variant.Channels; channel++)
                {
                    int m = 3 * channel;
                    float sum = (y * a.Matrix[m]) + (u * a.Matrix[m + 1]) + (v * a.Matrix[m + 2]) + a.Constant[channel];
                    Store(a, variant.Type, element + (channel * a.ChannelStride), sum);
                }
            }
        }
    }

    private static (float U, float V) Chroma(in SurfaceKernelArguments a, KernelVariant variant, int x, int y)
    {
        if (variant.Chroma == 0)
        {
            return (0, 0);
        }

        if (variant.Chroma == 2)
        {
            return (Sample(a, variant, a.Chroma, x, y) - a.Offset[1], Sample(a, variant, a.ChromaV, x, y) - a.Offset[2]);
        }

        bool isOdd = (y & 1) != 0;
        int upper = (y >> 1) - (isOdd ? 0 : a.EvenRowAbove);
        int above = Math.Max(upper, 0);
        int below = Math.Min(upper + 1, a.ChromaHeight - 1);
        float weight = isOdd ? a.OddWeightY : a.EvenWeightY;
        return (Between(ChromaRow(a, variant, x, above, 0), ChromaRow(a, variant, x, below, 0), weight),
            Between(ChromaRow(a, variant, x, above, 1), ChromaRow(a, variant, x, below, 1), weight));
    }

    private static float ChromaRow(in SurfaceKernelArguments a, KernelVariant variant, int x, int row, int part)
    {
        int own = x >> 1;
        bool isOdd = (x & 1) != 0;
        int beside = isOdd ? Math.Min(own + 1, a.ChromaWidth - 1) : Math.Max(own - 1, 0);
        float first = Sample(a, variant, a.Chroma, (2 * own) + part, row) - a.Offset[1 + part];
        float second = Sample(a, variant, a.Chroma, (2 * beside) + part, row) - a.Offset[1 + part];
        return Between(first, second, isOdd ? a.OddWeightX : a.EvenWeightX);
    }

    private static float Sample(in SurfaceKernelArguments a, KernelVariant variant, nint plane, int x, int y)
    {
        byte* row = (byte*)plane + ((long)y * a.Pitch);
        return (variant.SampleBytes == 2 ? ((ushort*)row)[x] : row[x]) >> a.Shift;
    }

    private static float Between(float first, float second, float weight) => first + ((second - first) * weight);

    private static void Store(in SurfaceKernelArguments a, SampleType type, long element, float value)
    {
        if (type == SampleType.UInt8)
        {
            ((byte*)a.Output)[element] = (byte)(int)(Math.Clamp(value, 0, 255) + 0.5f);
            return;
        }

        value = (Math.Clamp(value, 0, 1) * a.Scale) + a.Bias;
        switch (type)
        {
            case SampleType.Float32:
                ((float*)a.Output)[element] = value;
                break;
            case SampleType.Float16:
                ((Half*)a.Output)[element] = (Half)value;
                break;
            default:
                ((ushort*)a.Output)[element] = ExpectedTensor.ToBFloat16(value);
                break;
        }
    }
}
