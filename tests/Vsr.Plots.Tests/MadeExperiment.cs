using System.Globalization;
using System.Text.Json.Nodes;
using SkiaSharp;
using Vsr.Tests;

namespace Vsr.Plots.Tests;

/// <summary>A folder as eng/experiment leaves it, with figures that a test chooses.</summary>
internal sealed class MadeExperiment : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public MadeExperiment(bool small = false)
    {
        Write("experiment.json", $$"""
            {"command": "eng/experiment DATA WORK --device cuda", "commit": "0123456789ab", "validation": "clips of their own, at full size",
             "validation_frames": 8, "excluded": "cut_from_it", "small": {{(small ? "true" : "false")}}}
            """);
        Write("machine.json", """
            {"system": {"program": "vsr 0.1.0", "operatingSystem": "Linux", "runtime": ".NET 10.0.1", "cores": 16, "memoryBytes": 137438953472},
             "ffmpeg": {"version": "5.1"}, "backend": {"device": "cuda:0", "libtorchVersion": "2.11.0"},
             "gpu": {"driver": "570.1", "devices": [{"index": 0, "name": "Test GPU"}]}}
            """);
    }

    public string Path => _folder.Path;

    public string Docs => _folder.File("docs");

    public string Page => File.ReadAllText(System.IO.Path.Combine(Docs, "results.md"));

    /// <summary>Writes a run of 40 steps in blocks of 20, one validation after each.</summary>
    /// <param name="name">RESOLUTION-FLOW-PRECISION.</param>
    /// <param name="milliseconds">A step after the first block; one of those takes ten times as long.</param>
    /// <param name="finished">Whether the run came to its end.</param>
    public void AddRun(string name, double milliseconds = 10, bool finished = true)
    {
        List<string> lines = [];
        for (int step = 1; step <= 40; step++)
        {
            string loss = (0.1 / step).ToString(CultureInfo.InvariantCulture);
            double seconds = ((Math.Min(step, 20) * 10) + Math.Max(0, step - 20)) * milliseconds / 1000;
            string block = step % 20 == 0 ? FormattableString.Invariant($", \"data_ms\": 0.1, \"trained_s\": {seconds}") : "";
            lines.Add($"{{\"step\": {step}, \"loss\": {loss}, \"learning_rate\": 0.001{block}}}");
            if (step % 20 == 0)
            {
                lines.Add($"{{\"step\": {step}, \"val_loss\": 0.01, \"val_psnr_db\": {step}, \"val_ssim\": 0.5, \"val_bicubic_psnr_db\": 26.5, \"val_bicubic_ssim\": 0.7}}");
            }
        }

        Write($"runs/{name}/metrics.jsonl", string.Join('\n', lines) + "\n");
        Write($"runs/{name}/settings.json", "{\"Batch\": 16, \"CropHeight\": 256, \"Optimizer\": \"adam\", \"Root\": \"/somewhere\"}");
        if (finished)
        {
            Write($"runs/{name}/finished", "");
        }
    }

    /// <summary>Writes what a run scores; bicubic always has 26.5 dB, 0.75 and 25.25 dB.</summary>
    public void AddScores(string name, double psnrDb, double ssim, double exampleDb, string folder = "evaluation")
    {
        JsonObject Figures() => new()
        {
            ["psnr_db"] = psnrDb,
            ["ssim"] = ssim,
            ["bicubic_psnr_db"] = 26.5,
            ["bicubic_ssim"] = 0.75,
            ["example_psnr_db"] = exampleDb,
            ["bicubic_example_psnr_db"] = 25.25,
        };
        JsonObject Clip(string clip, int frames)
        {
            JsonObject figures = Figures();
            figures["name"] = clip;
            figures["frames"] = frames;
            return figures;
        }

        Write($"{folder}/{name}.json", new JsonObject { ["clips"] = new JsonArray(Clip("a", 82), Clip("b", 45)), ["mean"] = Figures() }.ToJsonString());
    }

    /// <summary>Writes the pictures of a clip of 320x240, of one colour each, but for the truth's checks in its right lower corner.</summary>
    public void AddPictures(string name)
    {
        string folder = Directory.CreateDirectory(System.IO.Path.Combine(Path, "pictures", name)).FullName;
        Draw("input", 80, 60, SKColors.Red);
        Draw("bicubic", 320, 240, SKColors.Green);
        Draw("output", 320, 240, SKColors.Blue);
        Draw("truth", 320, 240, SKColors.White);

        void Draw(string what, int width, int height, SKColor color)
        {
            using SKBitmap picture = new(width, height);
            picture.Erase(color);
            for (int i = 0; what == "truth" && i < 40 * 40; i += 3)
            {
                picture.SetPixel(280 + (i % 40), 200 + (i / 40), SKColors.Black);
            }

            using SKData png = picture.Encode(SKEncodedImageFormat.Png, 100);
            File.WriteAllBytes(System.IO.Path.Combine(folder, $"clip-{what}.png"), png.ToArray());
        }
    }

    public void Dispose() => _folder.Dispose();

    public void Write(string path, string text)
    {
        string file = _folder.File(path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
