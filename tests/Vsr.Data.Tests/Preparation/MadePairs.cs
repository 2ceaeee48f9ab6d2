using System.Text.Json.Nodes;
using Vsr.Data.Preparation;
using Vsr.Tests;
using Vsr.Video;

namespace Vsr.Data.Tests.Preparation;

/// <summary>Clips of moving patterns, and the pairs that are made of them.</summary>
internal static class MadePairs
{
    /// <summary>Writes some clips into clips/.</summary>
    public static void WriteClips(TemporaryFolder folder, int count, int frames = 14, int width = 96, int height = 72)
    {
        Directory.CreateDirectory(folder.File("clips"));
        for (int clip = 0; clip < count; clip++)
        {
            new MadeFilm(width, height).Scene(clip, frames + clip).Write(folder.File($"clips/clip{clip}.mp4"));
        }
    }

    /// <summary>Options for these; the pairs go to a folder.</summary>
    public static PairOptions Options(TemporaryFolder folder, string outData = "pairs") => new()
    {
        Root = folder.File("clips"),
        OutData = folder.File(outData),
    };

    /// <summary>Ranges that change nothing but the size: no blur, no noise, compression without loss.</summary>
    public static DegradationOptions Pure(int scale = 4) => new() { Scale = scale, BlurShare = 0, NoiseShare = 0, Crf = new(0, 0) };

    /// <summary>Makes pairs, all of them.</summary>
    public static PreparationResult Make(PairOptions options)
    {
        PreparationResult result = new PairMaker(options).Run(null, TestContext.Current.CancellationToken);
        Assert.Empty(result.Failures);
        return result;
    }

    /// <summary>The manifest.</summary>
    public static JsonNode Manifest(string outData) => JsonNode.Parse(File.ReadAllText(Path.Combine(outData, "manifest.json")))!;

    /// <summary>All frames of a clip as planar RGB.</summary>
    public static List<byte[]> Rgb(string path)
    {
        using IFrameSource source = FrameSource.Open(path, new FrameReaderOptions { CacheIndex = false });
        List<byte[]> frames = [];
        for (int i = 0; i < source.FrameCount; i++)
        {
            byte[] planar = new byte[3 * source.Width * source.Height];
            source.ReadRgb8(i, planar);
            frames.Add(planar);
        }

        return frames;
    }

    /// <summary>Luma of planar RGB, BT.601, full range.</summary>
    public static double[] Luma(byte[] planar)
    {
        int plane = planar.Length / 3;
        return [.. Enumerable.Range(0, plane).Select(i => (0.299 * planar[i]) + (0.587 * planar[plane + i]) + (0.114 * planar[(2 * plane) + i]))];
    }

    /// <summary>What every file of a folder holds, by name.</summary>
    public static Dictionary<string, string> Contents(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(path => Path.GetRelativePath(folder, path), path => Convert.ToHexString(File.ReadAllBytes(path)));
}
