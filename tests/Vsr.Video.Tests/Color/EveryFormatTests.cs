using System.Runtime.InteropServices;
using Vsr.Interop.FFmpeg;
using Vsr.Tests;

namespace Vsr.Video.Tests.Color;

/// <summary>Every pixel format this FFmpeg has, as far as it is YUV, grey or RGB in memory.</summary>
public class EveryFormatTests
{
    private const int Width = 64;
    private const int Height = 32;

    private static readonly ColorDescription Bt709 = new("bt709", "tv", null, null, "left");

    [Fact]
    public void FastPathEqualsThePlainReference()
    {
        List<string> formats = Formats();
        Assert.True(formats.Count > 150, $"only {formats.Count} formats");
        foreach (string format in formats.Where(name => !PictureLayouts.Of(name).Components[0].IsFloat))
        {
            using VideoFrame frame = VideoFrame.Allocate(PixelFormat.FromName(format), 37, 11);
            Random random = new(7);
            for (int plane = 0; plane < frame.Format.PlaneCount + (frame.Format.HasPalette ? 1 : 0); plane++)
            {
                random.NextBytes(frame.WritablePlane(plane));
            }

            byte[] bytes = new byte[3 * 37 * 11];
            RgbConverter.ToRgb8(frame, null, bytes);
            double[] expected = Plain(frame);
            for (int i = 0; i < bytes.Length; i++)
            {
                Assert.True(Math.Abs((expected[i] * 255) - bytes[i]) < 0.501, $"{format} at {i}: {expected[i] * 255} {bytes[i]}");
            }
        }
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void EveryFormatIsNearSwscale()
    {
        using TemporaryFolder folder = new();
        List<string> wrong = [];
        int compared = 0;
        string[] palettes = ["pal8", "rgb8", "bgr8", "rgb4_byte", "bgr4_byte", "rgb4", "bgr4"]; // by tables of its own
        foreach (string format in Formats().Except(palettes))
        {
            int? difference = LargestDifferenceFromSwscale(format, folder);
            compared += difference is null ? 0 : 1;
            PictureLayout layout = PictureLayouts.Of(format);
            bool coarse = layout.BitDepth < 8; // swscale expands few bits by shifting or repeating them
            if (difference > (coarse ? 16 : 2))
            {
                wrong.Add($"{format}: {difference}");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{compared} formats compared");
        Assert.True(compared > 100, $"only {compared} formats compared");
        Assert.True(wrong.Count == 0, string.Join(", ", wrong));
    }

    private static int? LargestDifferenceFromSwscale(string format, TemporaryFolder folder)
    {
        string raw = folder.File("in.raw");
        string size = $"{Width}x{Height}";
        if (OracleProgram.TryRun("ffmpeg", "-y", "-v", "error", "-f", "lavfi", "-i", $"mandelbrot=size={size}", "-frames:v", "1",
            "-pix_fmt", format, "-f", "rawvideo", raw).ExitCode != 0)
        {
            return null;
        }

        PictureLayout layout = PictureLayouts.Of(format);
        bool fullRange = layout.IsGray || layout.IsRgb || layout.IsFullRangeByName;
        int verticalSite = 128 * ((1 << layout.ChromaShiftY) - 1); // half-way between the luma rows
        if (OracleProgram.TryRun("ffmpeg", "-y", "-v", "error", "-f", "rawvideo", "-pixel_format", format, "-video_size", size,
            "-i", raw, "-vf", "scale=flags=accurate_rnd+full_chroma_int+full_chroma_inp+bilinear"
            + (layout.IsRgb ? "" : ":in_color_matrix=bt709") + $":in_range={(fullRange ? "pc" : "tv")}"
            + $":in_h_chr_pos=0:in_v_chr_pos={verticalSite}:out_range=pc,format=gbrp",
            "-f", "rawvideo", folder.File("out.raw")).ExitCode != 0)
        {
            return null;
        }

        using VideoFrame frame = VideoFrame.Allocate(PixelFormat.FromName(format), Width, Height);
        Fill(frame, File.ReadAllBytes(raw));
        byte[] own = new byte[3 * Width * Height];
        ColorDescription color = fullRange ? Bt709 with { Range = null } : Bt709;
        RgbConversion.Convert<byte, RgbSamples.Byte>(Planes(frame), layout, color, Width, Height, null, own);
        byte[] planes = File.ReadAllBytes(folder.File("out.raw"));
        const int area = Width * Height;
        byte[] expected = [.. planes[(2 * area)..], .. planes[..(2 * area)]];
        return own.Zip(expected, (a, b) => Math.Abs(a - b)).Max();
    }

    private static unsafe void Fill(VideoFrame frame, byte[] tight)
    {
        fixed (byte* source = tight)
        {
            byte** data = stackalloc byte*[4];
            int* strides = stackalloc int[4];
            _ = LibAvUtil.av_image_fill_arrays(data, strides, source, frame.Format.Id, frame.Width, frame.Height, 1);
            int planes = frame.Format.PlaneCount + (frame.Format.HasPalette ? 1 : 0);
            for (int plane = 0; plane < planes; plane++)
            {
                bool palette = frame.Format.HasPalette && plane == 1;
                int rows = palette ? 1 : frame.Format.PlaneHeight(plane, frame.Height);
                int rowBytes = palette ? 1024 : frame.Format.RowBytes(plane, frame.Width);
                for (int y = 0; y < rows; y++)
                {
                    new Span<byte>(data[plane] + (y * strides[plane]), rowBytes).CopyTo(
                        frame.WritablePlane(plane)[(palette ? 0 : y * frame.StrideBytes(plane))..]);
                }
            }
        }
    }

    private static PicturePlanes Planes(VideoFrame frame)
    {
        int planes = PictureLayouts.Of(frame.Format.Name).PlaneCount;
        return new PicturePlanes(frame.Plane(0), frame.StrideBytes(0),
            planes > 1 ? frame.Plane(1) : default, planes > 1 ? frame.StrideBytes(1) : 0,
            planes > 2 ? frame.Plane(2) : default, planes > 2 ? frame.StrideBytes(2) : 0);
    }

    private static double[] Plain(VideoFrame frame) => PlainRgbConversion.Convert(
        Planes(frame), PictureLayouts.Of(frame.Format.Name), frame.Color, frame.Width, frame.Height);

    private static unsafe List<string> Formats()
    {
        _ = FFmpegLibrary.Instance;
        List<string> names = [];
        AVPixFmtDescriptor* descriptor = null;
        while ((descriptor = LibAvUtil.av_pix_fmt_desc_next(descriptor)) is not null)
        {
            string name = Marshal.PtrToStringUTF8((nint)descriptor->Name)!;
            try
            {
                PictureLayouts.Of(name);
                names.Add(name);
            }
            catch (VsrException)
            {
                // Hardware surfaces, Bayer patterns, XYZ.
            }
        }

        return names;
    }
}
