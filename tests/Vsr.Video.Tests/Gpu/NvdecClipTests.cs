using Vsr.Interop.Cuda;
using Vsr.Tests;
using Vsr.Video.Tests.Reading;

namespace Vsr.Video.Tests.Gpu;

/// <summary>Reading on the GPU with clips made on the spot: exact, refused with a reason, or failed with one, never stuck.</summary>
[Trait("Category", "Gpu")]
public sealed class NvdecClipTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(WriterClip.Kinds), MemberType = typeof(WriterClip))]
    public void Windows_give_the_frames_of_software(string name, string codec, string format, string parameters)
    {
        using GpuTestContext gpu = new();
        string path = Make(name, codec, format, parameters);
        string[] expected = Hashes(path, new FrameReaderOptions { CacheIndex = false });
        using (FrameReader reader = new(path, gpu.Reader(VideoDecoderKind.Auto)))
        {
            output.WriteLine($"{reader.DecoderInUse} {reader.FallbackReason} {reader.Index.IsDecoded} {reader.Index.Starts.Length} starts");
            Assert.True(reader.DecoderInUse == VideoDecoderKind.Nvdec, reader.FallbackReason);
        }

        using NvdecClip clip = new(path, gpu.Reader());
        using WindowReader windows = new(gpu.Pool, clip);
        IReadOnlyList<string> wrong = windows.Check(expected, seed: 3, count: 60);
        output.WriteLine($"{clip.Statistics}");
        Assert.True(wrong.Count == 0, $"{wrong.Count} wrong: {string.Join("\n", wrong.Take(10))}");
        IReadOnlyList<(int Frame, string Hash)> all = windows.Read([.. Enumerable.Range(0, expected.Length)]);
        Assert.Equal(expected, all.Select(pair => pair.Hash));
    }

    [Fact]
    public void Windows_that_follow_each_other_decode_nothing_twice()
    {
        using GpuTestContext gpu = new();
        string path = Make("clip.mp4", "libx264", "yuv420p", "");
        string[] expected = Hashes(path, new FrameReaderOptions { CacheIndex = false });
        using NvdecClip clip = new(path, gpu.Reader());
        using WindowReader windows = new(gpu.Pool, clip);
        for (int first = 0; first < expected.Length; first += 3)
        {
            Assert.Equal(expected[first..(first + 3)], windows.Read([first, first + 1, first + 2]).Select(pair => pair.Hash));
        }

        Assert.Equal(new ReaderStatistics(0, 48, 48, 48), clip.Statistics);
    }

    [Fact]
    public void Sizes_and_codecs_share_a_pool_and_sessions_are_reconfigured()
    {
        using GpuTestContext gpu = new(decoders: 2);
        string[] paths =
        [
            Make("large.mp4", "libx264", "yuv420p", "", 320, 240), Make("small.mp4", "libx264", "yuv420p", "", 176, 144),
            Make("hevc.mp4", "libx265", "yuv420p", "", 208, 160), Make("odd.mp4", "libx264", "yuv420p", "", 234, 190),
        ];
        string[][] expected = [.. paths.Select(path => Hashes(path, new FrameReaderOptions { CacheIndex = false }))];
        NvdecClip[] clips = [.. paths.Select(path => new NvdecClip(path, gpu.Reader()))];
        Array.ForEach(clips, clip => gpu.Pool.Expect(clip.Key, clip.Stream.Width, clip.Stream.Height));
        List<string> wrong = [];
        Random random = new(1);
        for (int i = 0; i < 60; i++)
        {
            int which = random.Next(clips.Length);
            using WindowReader windows = new(gpu.Pool, clips[which]);
            wrong.AddRange(windows.Check(expected[which], random.Next(), 2));
        }

        NvdecDecoder decoder = gpu.Pool.Rent(clips[0]);
        output.WriteLine($"{gpu.Pool.Created} decoders made; the one of h264: {decoder.Sessions}");
        Assert.Equal(1, decoder.Sessions.Created);
        Assert.InRange(decoder.Sessions.Reconfigured, 5, 60);
        gpu.Pool.Return(decoder);
        Array.ForEach(clips, clip => clip.Dispose());
        Assert.True(wrong.Count == 0, string.Join("\n", wrong.Take(10)));
        Assert.Equal(2, gpu.Pool.Created);
    }

    [Fact]
    public void Surfaces_hold_the_largest_picture_though_smaller_ones_came_first()
    {
        using GpuTestContext gpu = new(decoders: 1);
        string[] paths =
        [
            Make("tiny.mp4", "libx264", "yuv420p", "", 96, 64), Make("small.mp4", "libx264", "yuv420p", "", 182, 146),
            Make("tall.mp4", "libx264", "yuv420p", "", 130, 402), Make("wide.mp4", "libx264", "yuv420p", "", 854, 240),
        ];
        NvdecClip[] clips = [.. paths.Select(path => new NvdecClip(path, gpu.Reader()))];
        Array.ForEach(clips, clip => gpu.Pool.Expect(clip.Key, clip.Stream.Width, clip.Stream.Height));
        List<string> wrong = [];
        foreach (NvdecClip clip in clips)
        {
            string[] expected = Hashes(clip.Path, new FrameReaderOptions { CacheIndex = false });
            using WindowReader windows = new(gpu.Pool, clip);
            wrong.AddRange(windows.Check(expected, seed: 3, count: 8));
            NvdecDecoder decoder = gpu.Pool.Rent(clip);
            NvdecReading.Read(clip, decoder, [0, 1, 2, 3, 4, 5, 6, 7], (int frame, in DeviceSurface surface, nint _) =>
            {
                (nint start, long bytes) = CudaDriver.Instance.AllocationOf(surface.Pointer);
                long missing = surface.Pointer + surface.TotalBytes - (start + bytes);
                wrong.AddRange(missing > 0 ? [$"{clip.Path}: frame {frame} lacks {missing} bytes of {surface.TotalBytes}"] : []);
            });
            NvdecReading.Wait(clip, decoder);
            output.WriteLine($"{clip.Stream.Width}x{clip.Stream.Height}: {decoder.Sessions}");
            Assert.Equal(1, decoder.Sessions.Created);
            gpu.Pool.Return(decoder);
        }

        Array.ForEach(clips, clip => clip.Dispose());
        Assert.True(wrong.Count == 0, string.Join("\n", wrong.Take(10)));
    }

    [Theory]
    [InlineData("ten.mp4", "libx264", "yuv420p10le", 192, 160, "h264 4:2:0 10 bit")]
    [InlineData("four.mp4", "libx264", "yuv444p", 192, 160, "h264 4:4:4 8 bit")]
    [InlineData("two.mp4", "libx265", "yuv422p10le", 192, 160, "hevc 4:2:2 10 bit")]
    [InlineData("tiny.mp4", "libx265", "yuv420p", 96, 64, "96x64 is below")]
    [InlineData("parts.mkv", "ffv1", "yuv420p", 192, 160, "codec 'ffv1'")]
    public void What_the_engine_lacks_is_refused_or_read_in_software(
        string name, string codec, string format, int width, int height, string reason)
    {
        using GpuTestContext gpu = new();
        string path = Make(name, codec, format, "", width, height);
        DecoderUnavailableException refused = Assert.Throws<DecoderUnavailableException>(() => new FrameReader(path, gpu.Reader()));
        output.WriteLine(refused.Message);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Contains(path, refused.Message, StringComparison.Ordinal);
        using FrameReader reader = new(path, gpu.Reader(VideoDecoderKind.Auto));
        Assert.Equal(VideoDecoderKind.Software, reader.DecoderInUse);
        Assert.Contains(reason, reader.FallbackReason, StringComparison.Ordinal);
        using VideoFrame frame = reader.GetFrame(20);
        Assert.Equal(width, frame.Width);
    }

    [Fact]
    public void A_change_of_size_ends_reading_with_file_and_frame_and_auto_goes_on_in_software()
    {
        using GpuTestContext gpu = new();
        string one = Make("one.h264", "libx264", "yuv420p", "", 192, 160);
        string other = Make("other.h264", "libx264", "yuv420p", "", 256, 160);
        string path = _folder.File("both.h264");
        File.WriteAllBytes(path, [.. File.ReadAllBytes(one), .. File.ReadAllBytes(other)]);
        string[] expected = Hashes(path, new FrameReaderOptions { CacheIndex = false });
        using (FrameReader reader = new(path, gpu.Reader()))
        {
            using VideoFrame first = reader.GetFrame(3);
            Assert.Equal(expected[3], FrameMd5.Of(first));
            VideoFormatException failure = Assert.Throws<VideoFormatException>(() => reader.GetFrame(expected.Length - 1));
            output.WriteLine(failure.Message);
            Assert.Contains("256x160", failure.Message, StringComparison.Ordinal);
            using VideoFrame again = reader.GetFrame(5);
            Assert.Equal(expected[5], FrameMd5.Of(again));
        }

        Assert.Equal(expected, Hashes(path, gpu.Reader(VideoDecoderKind.Auto)));
    }

    [Theory]
    [InlineData("libx264")]
    [InlineData("libx265")]
    public void Damage_is_reported_with_file_and_frame_and_the_decoder_goes_on(string codec)
    {
        using GpuTestContext gpu = new(decoders: 1);
        string good = Make("good.mp4", codec, "yuv420p", "");
        string[] expected = Hashes(good, new FrameReaderOptions { CacheIndex = false });
        string bad = _folder.File("bad.mp4");
        byte[] bytes = File.ReadAllBytes(good);
        using (FrameReader reader = new(good, new FrameReaderOptions { CacheIndex = false }))
        {
            PacketEntry packet = reader.Index.Packets[14];
            bytes.AsSpan((int)packet.Position + (packet.Size / 2), packet.Size / 4).Fill(0x55);
        }

        File.WriteAllBytes(bad, bytes);
        int failures = 0;
        using (NvdecClip clip = new(bad, gpu.Reader()))
        using (WindowReader windows = new(gpu.Pool, clip))
        {
            for (int frame = 0; frame < 48; frame += 4)
            {
                try
                {
                    string hash = windows.Read([frame])[0].Hash;
                    output.WriteLine($"frame {frame}: {(hash == expected[frame] ? "as undamaged" : "differs")}");
                }
                catch (VsrException failure)
                {
                    failures++;
                    output.WriteLine($"frame {frame}: {failure.Message}");
                    Assert.Contains(bad, failure.Message, StringComparison.Ordinal);
                }
            }
        }

        Assert.Equal(expected, Hashes(good, gpu.Reader()));
        output.WriteLine($"{failures} failures, {gpu.Pool.Created} decoders made");
        string[] software = Hashes(bad, new FrameReaderOptions { CacheIndex = false });
        string[] auto = Hashes(bad, gpu.Reader(VideoDecoderKind.Auto));
        Assert.Equal(software.Length, auto.Length);
        output.WriteLine($"{software.Zip(auto).Count(pair => pair.First == pair.Second)} of {auto.Length} of Auto as in software");
    }

    private static string[] Hashes(string path, FrameReaderOptions options)
    {
        using FrameReader reader = new(path, options);
        return FrameMd5.InRandomOrder(reader, seed: 2);
    }

    private string Make(
        string name, string codec, string format, string parameters, int width = 192, int height = 160) =>
        WriterClip.Make(_folder, name, codec, format, parameters, width, height);
}
