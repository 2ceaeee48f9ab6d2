using Vsr.Interop.FFmpeg;
using Vsr.Tests;

namespace Vsr.Video.Tests.Reading;

/// <summary>A file that another demuxer described gives the same packets without being looked at again.</summary>
public unsafe class KnownDemuxerTests
{
    [Theory]
    [InlineData("clip.mp4", "-c:v", "libx264", "-bf", "3", "-movflags", "frag_keyframe+empty_moov")]
    [InlineData("clip.mp4", "-c:v", "libx264", "-bf", "3", "-movflags", "negative_cts_offsets")]
    [InlineData("clip.mp4", "-c:v", "libx264", "-bf", "3", "-use_editlist", "0")]
    [InlineData("clip.mov", "-c:v", "libx264", "-bf", "3", "-x264-params", "open-gop=1")]
    [InlineData("clip.mp4", "-c:v", "libx265", "-bf", "3", "-tag:v", "hev1")]
    [InlineData("clip.mp4", "-c:v", "mpeg4", "-bf", "2")]
    [InlineData("clip.mkv", "-c:v", "libx264", "-bf", "3")]  // not described: it is looked at
    public void Made_clips_give_the_same_packets(string name, params string[] options)
    {
        using TemporaryFolder folder = new();
        AssertSame(TestClip.Make(folder, name, options));
    }

    [Fact]
    public void Shared_files_give_the_same_packets()
    {
        foreach (string path in Directory.EnumerateFiles(SharedData.Require("video"), "*.m*", SearchOption.AllDirectories))
        {
            if (!path.EndsWith("mb_segment_without_init.mp4", StringComparison.Ordinal)) // opened by nobody
            {
                AssertSame(path);
            }
        }
    }

    private static void AssertSame(string path)
    {
        using Demuxer first = new(path, null);
        using Demuxer known = new(path, null, first.Info);
        Assert.Equal(Packets(first, int.MaxValue), Packets(known, int.MaxValue));
        foreach (double part in new[] { 0.7, 0.2, 0 })
        {
            AVRational unit = first.Stream->TimeBase;
            long ticks = (long)(part * (first.Info.Video.DurationSeconds ?? 1) * unit.Denominator / unit.Numerator);
            Assert.Equal(first.TrySeek(ticks), known.TrySeek(ticks));
            Assert.Equal(Packets(first, 20), Packets(known, 20));
        }
    }

    private static List<PacketIdentity> Packets(Demuxer demuxer, int most)
    {
        List<PacketIdentity> found = [];
        AVPacket* packet = LibAvCodec.av_packet_alloc();
        while (found.Count < most && demuxer.Read(packet))
        {
            found.Add(new PacketIdentity(packet->Pts, packet->Dts, packet->Pos, packet->Size));
        }

        LibAvCodec.av_packet_free(&packet);
        return found;
    }
}
