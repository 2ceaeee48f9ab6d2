using TorchSharp;
using Vsr.Cli.Demo;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Cli.Bench;

/// <summary>Clips to measure on where the user has none: the sample clip at another size, as it is and mirrored.</summary>
/// <remarks>Encoded as DALI's example encodes: a key frame every 4 frames, H.264 High, constant rate factor 18, no sound.</remarks>
/// <param name="cacheFolder">Where clips are kept for the next run.</param>
internal sealed class SampleClips(string cacheFolder)
{
    private const int Variants = 4; // as it is, mirrored across, down, and both
    private const int GroupSize = 4;
    private const int Crf = 18;

    /// <summary>The clips at a number of lines; written when they are not there.</summary>
    /// <param name="resolution">Names the folder, such as 720p.</param>
    /// <param name="height">Lines of a picture, even.</param>
    /// <param name="log">Takes a line when clips are written.</param>
    /// <param name="cancellation">Ends the writing; whole clips stay.</param>
    public IReadOnlyList<string> Prepare(string resolution, int height, TextWriter log, CancellationToken cancellation)
    {
        string folder = Path.Combine(cacheFolder, "clips", resolution);
        string[] clips = [.. Enumerable.Range(0, Variants).Select(variant => Path.Combine(folder, $"blocks_{variant}.mp4"))];
        string[] missing = [.. clips.Where(clip => !File.Exists(clip))];
        if (missing.Length == 0)
        {
            log.WriteLine($"no --data: measuring on the sample clip at {resolution}, from {folder}");
            return clips;
        }

        string sample = DemoFolder.FindSample();
        log.WriteLine($"no --data: writing {missing.Length} clips made from {Path.GetFileName(sample)} at {resolution} to {folder}");
        Directory.CreateDirectory(folder);
        foreach (string clip in missing)
        {
            Write(sample, clip, Array.IndexOf(clips, clip), height, cancellation);
        }

        return clips;
    }

    private static void Write(string sample, string output, int variant, int height, CancellationToken cancellation)
    {
        using VideoFrameSource source = new(sample);
        int width = (int)Math.Round(height * source.Width / (double)source.Height / 2) * 2;
        using VideoWriter writer = new(output, new VideoWriterOptions
        {
            Width = width,
            Height = height,
            FrameRate = new Rational(25, 1),
            Crf = Crf,
            GroupSize = GroupSize,
            EncoderOptions = new Dictionary<string, string> { ["profile"] = "high" },
            Overwrite = true,
        });
        byte[] planar = new byte[3 * source.Width * source.Height];
        for (int i = 0; i < source.FrameCount; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            source.ReadRgb8(i, planar);
            writer.Write(Resize(planar, source.Width, source.Height, width, height, variant), i);
        }

        writer.Finish();
    }

    private static byte[] Resize(byte[] planar, int width, int height, int newWidth, int newHeight, int variant)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        Tensor frame = tensor(planar, ScalarType.Byte).reshape(1, 3, height, width).to(ScalarType.Float32);
        Tensor resized = nn.functional.interpolate(
            frame, [newHeight, newWidth], mode: InterpolationMode.Bicubic, align_corners: false);
        long[] mirrored = [.. new[] { (Dimension: 3L, Bit: 1), (Dimension: 2L, Bit: 2) }
            .Where(axis => (variant & axis.Bit) != 0).Select(axis => axis.Dimension)];
        Tensor turned = mirrored.Length == 0 ? resized : resized.flip(mirrored);
        return turned.round().clamp(0, 255).to(ScalarType.Byte).contiguous().bytes.ToArray();
    }
}
