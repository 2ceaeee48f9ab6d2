using Vsr.Tests;

namespace Vsr.Video.Tests.Reading;

/// <summary>Damaged files: the frames that are left come out as in decoding from the start, with a warning.</summary>
public class DamagedFileTests
{
    [Theory]
    [InlineData("cut.mp4", "-c:v libx264 -g 12 -bf 2 -movflags +faststart", 0.6, 0)]
    [InlineData("flipped.mp4", "-c:v libx264 -g 12 -bf 2", 1.0, 6)]
    [InlineData("flipped.mkv", "-c:v libx264 -g 12 -bf 2", 1.0, 6)]
    [InlineData("flipped-hevc.mp4", "-c:v libx265 -g 12 -x265-params log-level=none:pools=1", 1.0, 6)]
    [InlineData("flipped-mpeg4.avi", "-c:v mpeg4 -g 12 -bf 2", 1.0, 6)]
    [InlineData("cut.ts", "-c:v libx264 -g 12 -bf 2", 0.6, 0)]
    public void Random_access_equals_decoding_in_one_thread(string name, string options, double share, int flips)
    {
        using TemporaryFolder folder = new();
        string path = TestClip.Make(folder, name, options.Split(' '));
        Damage(path, share, flips);
        string[] expected = FrameMd5.OfFFmpeg(path, "-threads", "1");
        Assert.NotEmpty(expected);
        using FrameReader reader = new(path, new FrameReaderOptions { CacheIndex = false, MemoryLimitBytes = 100_000 });
        Assert.Equal(expected, FrameMd5.InRandomOrder(reader, seed: 9));
    }

    [Fact]
    public void A_file_that_starts_between_key_frames_is_said_to_be_damaged()
    {
        using TemporaryFolder folder = new();
        string whole = TestClip.Make(folder, "whole.h264", "-c:v", "libx264", "-g", "30", "-bf", "0");
        byte[] bytes = File.ReadAllBytes(whole);
        string path = folder.File("late.h264");
        int start = bytes.AsSpan(bytes.Length / 8).IndexOf((ReadOnlySpan<byte>)[0, 0, 1, 0x41]) + (bytes.Length / 8) - 1;
        int headerEnd = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0, 0, 1, 0x65]) - 1;
        File.WriteAllBytes(path, [.. bytes[..headerEnd], .. bytes[start..]]);
        string[] expected = FrameMd5.OfFFmpeg(path);
        using FrameReader reader = new(path, new FrameReaderOptions { CacheIndex = false });
        Assert.Equal(expected, FrameMd5.InRandomOrder(reader, seed: 9));
        Assert.True(reader.Index.IsDecoded);
        Assert.Contains(reader.Index.Warnings, warning => warning.StartsWith("does not start on a key frame", StringComparison.Ordinal));
    }

    [Fact]
    public void A_Matroska_file_that_is_cut_short_is_said_to_be()
    {
        using TemporaryFolder folder = new();
        string path = TestClip.Make(folder, "cut.mkv", "-c:v", "libx264", "-g", "12");
        using (FrameReader whole = new(path, new FrameReaderOptions { CacheIndex = false }))
        {
            Assert.Empty(whole.Index.Warnings);
        }

        Damage(path, share: 0.6, flips: 0);
        string[] expected = FrameMd5.OfFFmpeg(path, "-threads", "1");
        using FrameReader reader = new(path, new FrameReaderOptions { CacheIndex = false });
        Assert.Equal(expected, FrameMd5.InRandomOrder(reader, seed: 9));
        Assert.Contains(reader.Index.Warnings, warning => warning.StartsWith("is cut short after packet ", StringComparison.Ordinal));
    }

    [Fact]
    public void An_mp4_that_ends_between_two_packets_is_said_to_be_cut_short()
    {
        using TemporaryFolder folder = new();
        string path = TestClip.Make(folder, "cut.mp4", "-c:v", "libx264", "-g", "12", "-movflags", "+faststart");
        byte[] bytes = File.ReadAllBytes(path);
        PacketEntry[] packets;
        using (FrameReader whole = new(path, new FrameReaderOptions { CacheIndex = false }))
        {
            Assert.Empty(whole.Index.Warnings);
            packets = [.. whole.Index.Packets];
        }

        foreach (int last in new[] { 4, packets.Length / 2, packets.Length - 2 })
        {
            File.WriteAllBytes(path, bytes[..(int)(packets[last].Position + packets[last].Size)]);
            string[] expected = FrameMd5.OfFFmpeg(path, "-threads", "1");
            using FrameReader reader = new(path, new FrameReaderOptions { CacheIndex = false });
            Assert.Equal(expected, FrameMd5.InRandomOrder(reader, seed: 9));
            Assert.Equal([$"is cut short after packet {last}"], reader.Index.Warnings);
        }
    }

    // Keeps a share of the file and flips bits at places spread over its second half.
    private static void Damage(string path, double share, int flips)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int kept = (int)(bytes.Length * share);
        Random random = new(11);
        for (int i = 0; i < flips; i++)
        {
            bytes[random.Next(kept / 3, kept * 3 / 4)] ^= 0x5A;
        }

        File.WriteAllBytes(path, bytes[..kept]);
    }
}
