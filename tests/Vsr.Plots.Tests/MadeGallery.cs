using System.Text.Json.Nodes;
using SkiaSharp;
using Vsr.Tests;

namespace Vsr.Plots.Tests;

/// <summary>A folder as eng/gallery leaves it, with pictures by a formula.</summary>
internal sealed class MadeGallery : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public MadeGallery()
    {
        Describe("bicubic full", "clip 8 4 16 2 11");
        Write("credits.txt", "clip: from somewhere, CC0\nother: from elsewhere: MIT\n");
        Write("machine.json", """
            {"system": {"program": "vsr 0.1.0", "runtime": ".NET 10.0.1"}, "ffmpeg": {"version": "5.1"},
             "backend": {"device": "cuda:0", "libtorchVersion": "2.11.0"}, "gpu": {"driver": "570.1", "devices": [{"index": 0, "name": "Test GPU"}]}}
            """);
    }

    public string Path => _folder.Path;

    public string Docs => _folder.File("docs");

    public string Page => File.ReadAllText(System.IO.Path.Combine(Docs, "gallery.md"));

    /// <summary>What the truth has at a place: every pixel of every frame differs from its neighbours.</summary>
    public static SKColor Truth(int frame, int x, int y) => new((byte)(4 * x), (byte)(4 * y), (byte)(40 * frame));

    /// <summary>Writes what the script says of itself.</summary>
    public void Describe(string methods, string crops) => Write(
        "gallery.json",
        new JsonObject { ["command"] = "eng/gallery CLIPS WORK", ["commit"] = "0123456789ab", ["crops"] = crops, ["methods"] = methods, ["frames"] = "96" }.ToJsonString());

    /// <summary>Writes a method's frames of one clip: the truth, lighter by a number of levels in a square of its own.</summary>
    /// <param name="method">Its name; bicubic also keeps the truth.</param>
    /// <param name="lighterBy">How much; 1.0 of luma is 255 / 219 of these levels.</param>
    /// <param name="square">Where; null for everywhere.</param>
    /// <param name="clip">The clip's name.</param>
    /// <param name="frames">How many frames.</param>
    public void AddMethod(string method, byte lighterBy, SKRectI? square = null, string clip = "clip", int frames = 4)
    {
        const int width = 48, height = 36;
        string folder = Directory.CreateDirectory(System.IO.Path.Combine(Path, "methods", method, "pictures")).FullName;
        for (int frame = 0; frame < frames; frame++)
        {
            Save("output", (x, y) => square is { } place && !place.Contains(x, y) ? Truth(frame, x, y) : Lighter(Truth(frame, x, y), lighterBy));
            if (method == "bicubic")
            {
                Save("truth", (x, y) => Truth(frame, x, y));
            }

            void Save(string what, Func<int, int, SKColor> color)
            {
                using SKBitmap picture = new(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
                for (int i = 0; i < width * height; i++)
                {
                    picture.SetPixel(i % width, i / width, color(i % width, i / width));
                }

                using SKData png = picture.Encode(SKEncodedImageFormat.Png, 100);
                File.WriteAllBytes(System.IO.Path.Combine(folder, FormattableString.Invariant($"{clip}-{frame:000000}-{what}.png")), png.ToArray());
            }
        }

        Write($"methods/{method}/model.json", $$"""{"models": [{"name": "{{method}}", "file": "{{method}}.safetensors", "sha256": "0123456789abcdef", "description": "made up"}]}""");
        Write($"methods/{method}/scores.json", $$"""{"clips": [{"name": "{{clip}}", "frames": {{frames}}, "psnr_db": 31.25, "ssim": 0.875}]}""");
    }

    public SKBitmap ReadImage(string file) => SKBitmap.Decode(System.IO.Path.Combine(Docs, "images", file));

    public void Dispose() => _folder.Dispose();

    public void Write(string path, string text)
    {
        string file = _folder.File(path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private static SKColor Lighter(SKColor color, byte by) => new((byte)(color.Red + by), (byte)(color.Green + by), (byte)(color.Blue + by));
}
