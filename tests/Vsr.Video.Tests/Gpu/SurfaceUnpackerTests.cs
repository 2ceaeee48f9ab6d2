namespace Vsr.Video.Tests.Gpu;

/// <summary>Surfaces laid out as the software decoder's frames: every sample at its place, whatever the padding.</summary>
public class SurfaceUnpackerTests
{
    [Theory]
    [InlineData("yuv420p", 0, 8, 64, 48)]
    [InlineData("yuv420p", 0, 8, 37, 23)]
    [InlineData("yuvj420p", 0, 8, 16, 16)]
    [InlineData("yuv420p10le", 1, 10, 37, 23)]
    [InlineData("yuv420p12le", 1, 12, 34, 20)]
    [InlineData("yuv444p", 2, 8, 37, 23)]
    [InlineData("yuv444p10le", 3, 10, 37, 23)]
    public unsafe void Samples_keep_value_and_place(string format, int kind, int bits, int width, int height)
    {
        DeviceSurface surface = new(0, 256, height + (height & 1), width, height, (SurfaceFormat)kind, bits);
        byte[] host = new byte[surface.TotalBytes];
        new Random(1).NextBytes(host);
        using VideoFrame frame = VideoFrame.Allocate(PixelFormat.FromName(format), width, height);
        SurfaceUnpacker.Unpack(host, surface, frame.Native);
        for (int plane = 0; plane < 3; plane++)
        {
            for (int y = 0; y < frame.Format.PlaneHeight(plane, height); y++)
            {
                for (int x = 0; x < frame.Format.PlaneWidth(plane, width); x++)
                {
                    Assert.Equal(Plainly(host, surface, plane, x, y), Sample(frame, plane, x, y));
                }
            }
        }
    }

    [Theory]
    [InlineData(0, 23, 24)]
    [InlineData(1, 24, 24)]
    [InlineData(0, 23, 48)]
    [InlineData(1, 24, 64)]
    [InlineData(2, 23, 24)]
    [InlineData(3, 23, 26)]
    public void Packed_pictures_have_the_same_rows_without_those_between_planes(int kind, int height, int rows)
    {
        DeviceSurface surface = new(1000, 128, rows, 37, height, (SurfaceFormat)kind, 8);
        DeviceSurface packed = surface.Packed(5000, 64);
        int[] taken = [.. surface.RowBlocks.SelectMany(block => Enumerable.Range(block.First, block.Count))];
        int pictureRows = surface.Is420 ? height + (height & 1) : height;
        int[] planes = surface.Is420 ? [pictureRows, pictureRows / 2] : [pictureRows, pictureRows, pictureRows];
        Assert.Equal(planes.SelectMany((count, plane) => Enumerable.Range(plane * rows, count)), taken);
        Assert.Equal(surface with { Pointer = 5000, PitchBytes = 64, Rows = pictureRows }, packed);
        Assert.Equal(packed.TotalBytes, 64L * taken.Length);
        Assert.Equal(rows == pictureRows, surface.RowBlocks.Length == 1);
    }

    [Theory]
    [InlineData(0, 8, 6, 4, 50)]
    [InlineData(1, 10, 14, 2, 62)]
    [InlineData(2, 8, 3, 5, 50)]
    [InlineData(2, 8, 3, 3, 61)]
    [InlineData(3, 10, 6, 4, 50)]
    public void A_part_has_the_samples_at_its_place(int kind, int bits, int left, int top, int height)
    {
        DeviceSurface whole = new(0, 256, 64, 60, 64, (SurfaceFormat)kind, bits);
        byte[] host = new byte[whole.TotalBytes];
        new Random(1).NextBytes(host);
        DeviceSurface part = whole.Part(left, top, 37, height);
        byte[] fromPart = host[(int)part.Pointer..];
        int shift = part.Is420 ? 1 : 0;
        for (int plane = 0; plane < 3; plane++)
        {
            int less = plane == 0 ? 0 : shift;
            for (int y = 0; y < height >> less; y++)
            {
                for (int x = 0; x < 37 >> less; x++)
                {
                    Assert.Equal(
                        Plainly(host, whole, plane, x + (left >> less), y + (top >> less)), Plainly(fromPart, part, plane, x, y));
                }
            }
        }

        (int last, int count) = part.RowBlocks[^1];
        Assert.True(part.Pointer + ((nint)(last + count - 1) * part.PitchBytes) + part.PictureRowBytes <= whole.TotalBytes);
    }

    private static int Plainly(byte[] host, in DeviceSurface surface, int plane, int x, int y)
    {
        bool pairs = surface.Is420 && plane > 0;
        int row = (pairs ? surface.Rows : plane * surface.Rows) + y;
        int sample = pairs ? (2 * x) + plane - 1 : x;
        int place = (row * surface.PitchBytes) + (sample * surface.SampleBytes);
        return surface.SampleBytes == 1 ? host[place] : (host[place] | (host[place + 1] << 8)) >> (16 - surface.BitDepth);
    }

    private static int Sample(VideoFrame frame, int plane, int x, int y)
    {
        ReadOnlySpan<byte> row = frame.Plane(plane)[(y * frame.StrideBytes(plane))..];
        return frame.Format.BitDepth == 8 ? row[x] : row[2 * x] | (row[(2 * x) + 1] << 8);
    }
}
