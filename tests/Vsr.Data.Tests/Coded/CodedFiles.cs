using Vsr.Tests;
using Vsr.Video;

namespace Vsr.Data.Tests;

/// <summary>Video files of <see cref="CodedPicture"/>s: codecs, sizes, frame rates and group structures mixed. Written once a test class, when first asked for.</summary>
public sealed class CodedFiles : IDisposable
{
    private static readonly VideoWriterOptions H264 = new() { Width = 176, Height = 144, Crf = 20, GroupSize = 12, BFrames = 2, Threads = 1 };

    private static readonly VideoWriterOptions[] Options =
    [
        H264,
        H264 with { Width = 160, Height = 160, Codec = "libx265", Preset = "ultrafast", GroupSize = 8 },
        H264 with { Width = 192, Height = 144, Codec = "mpeg4", GroupSize = 10, EncoderOptions = Option("qmax", "4") },
        H264 with { Width = 144, Height = 176, Codec = "libvpx-vp9", BFrames = null, EncoderOptions = Option("cpu-used", "8") },
        H264 with { Width = 208, Height = 176, Codec = "libx265", Preset = "ultrafast", PixelFormat = "yuv420p10le" },
        H264 with { Width = 240, Height = 160, EncoderOptions = Option("x264-params", "open-gop=1") },
        H264,
    ];

    private readonly TemporaryFolder _folder = new();

    private readonly Lazy<IReadOnlyList<string>> _paths;

    public CodedFiles() => _paths = new(Write);

    /// <summary>Frames of each file; the last one is too short for a window of three.</summary>
    public static IReadOnlyList<int> FrameCounts { get; } = [40, 30, 33, 25, 28, 45, 2];

    /// <summary>clip0.mp4, clip1.mkv ...</summary>
    public IReadOnlyList<string> Paths => _paths.Value;

    /// <summary>When a frame is shown; every other file is of variable rate.</summary>
    public static long Milliseconds(int file, int frame) => frame * 40 + (file % 2 == 1 ? frame % 3 * 11 : 0);

    /// <summary>The number in a file's name.</summary>
    public static int FileOf(string path) => int.Parse(Path.GetFileNameWithoutExtension(path)["clip".Length..].Split('-')[0]);

    public void Dispose() => _folder.Dispose();

    private static Dictionary<string, string> Option(string name, string value) => new() { [name] = value };

    private List<string> Write()
    {
        List<string> paths = [];
        for (int file = 0; file < Options.Length; file++)
        {
            string extension = file % 2 == 0 ? "mp4" : "mkv";
            paths.Add(_folder.File($"clip{file}.{extension}"));
            VideoWriterOptions options = Options[file] with { TimeBase = new Rational(1, 1000) };
            using VideoWriter writer = new(paths[file], options);
            for (int frame = 0; frame < FrameCounts[file]; frame++)
            {
                writer.Write(CodedPicture.Draw(file, frame, options.Width, options.Height), Milliseconds(file, frame), 20);
            }

            writer.Finish();
        }

        return paths;
    }
}
