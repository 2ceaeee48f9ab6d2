using Vsr.Tests;
using Vsr.Upscaling.Tests.Pipeline;
using Vsr.Video;

namespace Vsr.Upscaling.Tests;

/// <summary>Every awkward file is upscaled with all frames, times and sound, or refused with one clear line.</summary>
[Trait("Category", "Slow")]
public class AwkwardFilesTests
{
    private static readonly string[] Refused =
    [
        "mb_init-only_nosamples.mp4", "mb_segment_without_init.mp4", "mb_whatdoesitdo_noconfig.mp4", // no frames
        "mb_iphone_hevc10_hlg_rot.mov", "tc_bt2020_10bit.mp4",                  // HLG, PQ
    ];

    public static TheoryData<string> Files => SharedData.Root is { } root && Directory.Exists(Path.Combine(root, "video/awkward"))
        ? [.. Directory.EnumerateFiles(Path.Combine(root, "video/awkward")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)]
        : ["any"];

    [Theory]
    [MemberData(nameof(Files))]
    public void IsUpscaledWholeOrRefused(string name)
    {
        string input = SharedData.Require($"video/awkward/{name}");
        using TemporaryFolder folder = new();
        string output = folder.File("out.mp4");
        int scale = Refused.Contains(name) ? 2 : ScaleFor(input);
        using RepeatingUpscaler network = new(scale);
        VideoUpscaler upscaler = new(network, CpuBackend.Load());
        UpscaleOptions options = new() { Preset = "ultrafast", Crf = 40 };

        if (Refused.Contains(name))
        {
            VsrException refused = Assert.ThrowsAny<VsrException>(
                () => upscaler.Run(input, output, options, null, TestContext.Current.CancellationToken));
            Assert.Contains(name, refused.Message);
            Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
            return;
        }

        UpscaleResult result = upscaler.Run(input, output, options, null, TestContext.Current.CancellationToken);

        using FrameReader reader = new(input);
        long[] written = MediaFile.FrameTicks(output);
        Assert.Equal(reader.FrameCount, result.Frames);
        Assert.Equal(reader.FrameCount, written.Length);
        Assert.Equal(scale * reader.Stream.Width, int.Parse(MediaFile.Stream(output, "width"), System.Globalization.CultureInfo.InvariantCulture));
        long[] times = [.. Enumerable.Range(0, reader.FrameCount).Select(reader.Index.PtsTicks).OfType<long>().Order()];
        if (times.Distinct().Count() == reader.FrameCount && !name.EndsWith(".ts", StringComparison.Ordinal))
        {
            Assert.Equal(times, written);
        }

        bool hasSound = MediaFile.Streams(input).Any(line => line.EndsWith(",audio", StringComparison.Ordinal));
        if (hasSound && !name.EndsWith(".ts", StringComparison.Ordinal))        // a transport stream's sound loses its ADTS headers in mp4
        {
            Assert.Equal(MediaFile.AudioHash(input), MediaFile.AudioHash(output));
        }
    }

    /// <summary>Small files are enlarged (libx264 takes no odd sizes), large ones only pass through, for the sake of time.</summary>
    private static int ScaleFor(string input)
    {
        using FrameReader reader = new(input);
        return reader.Stream.Width <= 400 ? 2 : 1;
    }
}
