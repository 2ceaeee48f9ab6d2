using Vsr.Tests;
using Vsr.Video.Tests.Gpu;

namespace Vsr.Video.Tests.Reading;

/// <summary>Streams whose headers cut columns away on the left and on the right, as many as are no multiple of anything.</summary>
public sealed class CroppedStreamTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2, 0)]
    [InlineData(6, 0)]
    [InlineData(6, 4)]
    [InlineData(14, 2)]
    public void Frames_are_the_columns_that_the_header_leaves(int left, int right)
    {
        (string whole, string cropped) = Make(left, right);
        using FrameReader full = new(whole, new FrameReaderOptions { CacheIndex = false });
        using FrameReader reader = new(cropped, new FrameReaderOptions { CacheIndex = false });
        Assert.Equal(192 - left - right, reader.Stream.Width);
        RequireColumns(full, reader, left);
    }

    [Theory]
    [Trait("Category", "Gpu")]
    [InlineData(2, 0)]
    [InlineData(6, 4)]
    [InlineData(14, 2)]
    public void The_gpu_gives_the_same_columns(int left, int right)
    {
        using GpuTestContext gpu = new();
        (string whole, string cropped) = Make(left, right);
        using FrameReader full = new(whole, new FrameReaderOptions { CacheIndex = false });
        using FrameReader reader = new(cropped, gpu.Reader());
        RequireColumns(full, reader, left);
    }

    private static void RequireColumns(FrameReader full, FrameReader reader, int left)
    {
        foreach (int index in new[] { 0, 5, 20 })
        {
            using VideoFrame expected = full.GetFrame(index);
            using VideoFrame frame = reader.GetFrame(index);
            Assert.Equal((reader.Stream.Width, 160), (frame.Width, frame.Height));
            for (int plane = 0; plane < 3; plane++)
            {
                int shift = plane == 0 ? left : left / 2;
                int width = plane == 0 ? frame.Width : frame.Width / 2;
                for (int y = 0; y < (plane == 0 ? 160 : 80); y++)
                {
                    ReadOnlySpan<byte> wanted = expected.Plane(plane).Slice((y * expected.StrideBytes(plane)) + shift, width);
                    Assert.True(
                        wanted.SequenceEqual(frame.Plane(plane).Slice(y * frame.StrideBytes(plane), width)), $"frame {index}, plane {plane}, row {y}");
                }
            }
        }
    }

    // The same coded pictures twice: only the header's crop differs.
    private (string Whole, string Cropped) Make(int left, int right)
    {
        string whole = WriterClip.Make(_folder, "whole.mp4", "libx264", "yuv420p", "");
        string cropped = _folder.File("cropped.mp4");
        OracleProgram.Run(
            "ffmpeg", "-v", "error", "-i", whole, "-c", "copy", "-bsf:v", $"h264_metadata=crop_left={left}:crop_right={right}", cropped);
        return (whole, cropped);
    }
}
