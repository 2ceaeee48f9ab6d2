using Vsr.Tests;
using Vsr.Video;

namespace Vsr.Data.Tests;

[Trait("Category", "Gpu")]
public class VideoClipDecoderGpuTests
{
    [Fact]
    public void Clips_read_into_memory_by_nvdec_are_those_read_in_software()
    {
        TorchTestBackend.RequireCuda();
        string folder = SharedData.Require("video/train");
        string[] names = ["sam2_01_dog.mp4", "bbb_seg043.mp4"];
        using VideoClipSource files = VideoClipSource.Open([.. names.Select(name => Path.Combine(folder, name))], cancellation: TestContext.Current.CancellationToken);
        VideoClipSource byGpu = files.DecodedBy(VideoDecoderKind.Auto, 0);
        foreach (int clip in Enumerable.Range(0, files.Clips.Count))
        {
            ClipInfo info = files.Clips[clip];
            using IClipReader software = files.Open(clip);
            using IClipReader nvdec = byGpu.Open(clip);
            byte[] expected = new byte[4 * 3 * 64 * 64], actual = new byte[expected.Length];
            foreach (int first in new[] { 0, info.FrameCount / 2, info.FrameCount - 4 })
            {
                PixelRect crop = new(info.Width / 3, info.Height / 3, 64, 64);
                software.ReadRgb8(first, 4, 1, crop, expected);
                nvdec.ReadRgb8(first, 4, 1, crop, actual);
                Assert.True(expected.AsSpan().SequenceEqual(actual), $"{info.Name}, frames from {first}: pixels differ");
            }
        }

        Assert.True(byGpu.Decoders.Nvdec == files.Clips.Count, $"{byGpu.Decoders.Software} clips in software: {byGpu.Decoders.FirstReason}");
    }
}
