using System.Text.Json;
using Vsr.Tests;
using Vsr.Training.Evaluation;

namespace Vsr.Training.Tests.Evaluation;

public class EvaluationReportingTests
{
    [Fact]
    public void Json_has_the_agreed_names_and_every_clip_counts_the_same()
    {
        EvaluationResult result = new([
            new ClipScore("a", 90, new(30, 0.9), new(26, 0.8)),
            new ClipScore("b", 10, new(32, 0.7), new(27, 0.6))]);
        JsonElement json = JsonDocument.Parse(EvaluationJson.Write(result)).RootElement;
        Assert.Equal(["clips", "mean"], json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            ["name", "frames", "psnr_db", "ssim", "bicubic_psnr_db", "bicubic_ssim"],
            json.GetProperty("clips")[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            ["psnr_db", "ssim", "bicubic_psnr_db", "bicubic_ssim"],
            json.GetProperty("mean").EnumerateObject().Select(property => property.Name));
        Assert.Equal(90, json.GetProperty("clips")[0].GetProperty("frames").GetInt32());
        Assert.Equal(31, json.GetProperty("mean").GetProperty("psnr_db").GetDouble());
        Assert.Equal(26.5, json.GetProperty("mean").GetProperty("bicubic_psnr_db").GetDouble());
        Assert.Equal(0.8, json.GetProperty("mean").GetProperty("ssim").GetDouble(), 1e-12);
    }

    [Fact]
    public void The_examples_metric_follows_the_agreed_names_where_it_was_asked_for()
    {
        QualityScore Score(double psnrDb, double exampleDb) => new(psnrDb, 0.5) { ExamplePsnrDb = exampleDb };
        EvaluationResult result = new([
            new ClipScore("a", 90, Score(30, 28), Score(26, 24)),
            new ClipScore("b", 10, Score(32, 29), Score(27, 25))]);
        JsonElement mean = JsonDocument.Parse(EvaluationJson.Write(result)).RootElement.GetProperty("mean");
        Assert.Equal(
            ["psnr_db", "ssim", "bicubic_psnr_db", "bicubic_ssim", "example_psnr_db", "bicubic_example_psnr_db"],
            mean.EnumerateObject().Select(property => property.Name));
        Assert.Equal(28.5, mean.GetProperty("example_psnr_db").GetDouble());
        Assert.Equal(24.5, mean.GetProperty("bicubic_example_psnr_db").GetDouble());
    }

    [Fact]
    public void Without_clips_the_mean_is_null()
    {
        JsonElement json = JsonDocument.Parse(EvaluationJson.Write(new EvaluationResult([]))).RootElement;
        Assert.Equal(JsonValueKind.Null, json.GetProperty("mean").GetProperty("psnr_db").ValueKind);
    }

    [Fact]
    public void Clips_come_from_val_when_there_is_one_and_low_resolution_ones_by_name()
    {
        using TemporaryFolder folder = new();
        foreach (string name in new[] { "b.mp4", "a.mkv", ".hidden.mp4", "notes.txt" })
        {
            File.WriteAllText(folder.File(name), "");
        }

        Directory.CreateDirectory(folder.File("c"));
        File.WriteAllText(Path.Combine(folder.File("c"), "0.png"), "");
        Assert.Equal(["a.mkv", "b.mp4", "c"], EvaluationClips.Find(folder.Path).Select(Path.GetFileName));
        Directory.CreateDirectory(folder.File("val"));
        File.WriteAllText(Path.Combine(folder.File("val"), "v.mp4"), "");
        Assert.Equal(["v.mp4"], EvaluationClips.Find(folder.Path).Select(Path.GetFileName));

        Assert.Equal("/lq/a.mp4", EvaluationClips.Match(["/lq/a.mp4", "/lq/b.mp4"], "/gt/a.mkv"));
        Assert.Contains("c", Assert.Throws<VsrException>(() => EvaluationClips.Match(["/lq/a.mp4"], "/gt/c.mkv")).Message, StringComparison.Ordinal);
        Assert.Throws<VsrException>(() => EvaluationClips.Match(["/lq/a.mp4", "/lq/a.mkv"], "/gt/a.mkv"));
    }

    [Fact]
    public void A_folder_without_clips_is_an_error()
    {
        using TemporaryFolder folder = new();
        Assert.Throws<VsrException>(() => EvaluationClips.Find(folder.Path));
        Assert.Throws<VsrException>(() => EvaluationClips.Find(folder.File("missing")));
    }
}
