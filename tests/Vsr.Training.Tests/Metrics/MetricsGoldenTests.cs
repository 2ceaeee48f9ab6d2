using System.Text.Json;
using Vsr.Tests;
using Vsr.Training.Metrics;

namespace Vsr.Training.Tests.Metrics;

/// <summary>Compares the metrics with numpy's on small pictures; Golden/make_metrics.py says how those were made.</summary>
public class MetricsGoldenTests
{
    private const double Tolerance = 1e-4;

    public static IEnumerable<TheoryDataRow<int>> Cases => Golden().Select((_, index) => new TheoryDataRow<int>(index));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Luma_figures_are_numpys(int index)
    {
        JsonElement golden = Golden()[index];
        (double[] a, double[] b, int width, int height) = Lumas(golden);
        Assert.Equal(golden.GetProperty("psnr").GetDouble(), Psnr.Compute(a, b), Tolerance);
        Assert.Equal(golden.GetProperty("ssim").GetDouble(), Ssim.Compute(a, b, width, height), Tolerance);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rgb_figures_are_numpys(int index)
    {
        JsonElement golden = Golden()[index];
        double[] a = golden.GetProperty("a").GetBytesFromBase64().Select(level => (double)level).ToArray();
        double[] b = golden.GetProperty("b").GetBytesFromBase64().Select(level => (double)level).ToArray();
        (_, _, int width, int height) = Lumas(golden);
        int plane = width * height;
        double ssim = Enumerable.Range(0, 3).Average(channel => Ssim.Compute(
            a.AsMemory(channel * plane, plane), b.AsMemory(channel * plane, plane), width, height));
        Assert.Equal(golden.GetProperty("rgb_psnr").GetDouble(), Psnr.Compute(a, b), Tolerance);
        Assert.Equal(golden.GetProperty("rgb_ssim").GetDouble(), ssim, Tolerance);
    }

    private static (double[] A, double[] B, int Width, int Height) Lumas(JsonElement golden)
    {
        int width = golden.GetProperty("width").GetInt32();
        int height = golden.GetProperty("height").GetInt32();
        double[] a = new double[width * height];
        double[] b = new double[width * height];
        Luma.FromRgb8(golden.GetProperty("a").GetBytesFromBase64(), a);
        Luma.FromRgb8(golden.GetProperty("b").GetBytesFromBase64(), b);
        return (a, b, width, height);
    }

    private static JsonElement[] Golden()
    {
        string path = Path.Combine(SharedData.RepositoryRoot, "tests", "Vsr.Training.Tests", "Golden", "metrics.json");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.EnumerateArray().Select(element => element.Clone()).ToArray();
    }
}
