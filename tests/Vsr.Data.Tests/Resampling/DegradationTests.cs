using System.Text.Json;
using TorchSharp;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Data.Tests.Resampling;

/// <summary>Compares reduction and enlargement with a float64 implementation in numpy; Golden/make_imresize.py says how it was made.</summary>
public class DegradationTests
{
    public DegradationTests() => TorchTestBackend.Ensure();

    public static IEnumerable<TheoryDataRow<int>> Cases => Golden().Select((_, index) => new TheoryDataRow<int>(index));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Levels_are_those_of_imresize(int index) => CompareWithGolden(index, CPU);

    [Fact]
    [Trait("Category", "Gpu")]
    public void Levels_are_those_of_imresize_on_the_gpu()
    {
        Device device = TorchTestBackend.RequireCuda();
        for (int index = 0; index < Golden().Length; index++)
        {
            CompareWithGolden(index, device);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Leading_dimensions_are_independent(int scale)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor frames = arange(2 * 3 * 3 * 12 * 24).reshape(2, 3, 3, 12, 24).remainder(251).to(ScalarType.Float32) / 255;
        Tensor all = Degradation.Enlarge(Degradation.Reduce(frames, scale), scale);
        Tensor one = Degradation.Enlarge(Degradation.Reduce(frames[1, 2], scale), scale);
        Assert.Equal([2, 3, 3, 12, 24], all.shape);
        Assert.True(all[1, 2].equal(one).all().item<bool>());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_ramp_keeps_its_slope_inside_and_unrounded_values_pass(int scale)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor ramp = (arange(60, ScalarType.Float64) / 10).reshape(1, 1, 60).expand(3, 12, 60);
        Tensor reduced = Degradation.Reduce(ramp, scale, quantize: false);
        Tensor expected = (arange(60 / scale, ScalarType.Float64) * scale + ((scale - 1) / 2.0)) / 10;
        Assert.True((reduced[0, 1] - expected).slice(0, 2, (60 / scale) - 2, 1).abs().max().item<double>() < 1e-12);
        Tensor enlarged = Degradation.Enlarge(expected.reshape(1, 1, -1).expand(3, 4, -1), scale, quantize: false);
        Assert.True((enlarged[0, 1] - ramp[0, 1]).slice(0, 2 * scale, 60 - (2 * scale), 1).abs().max().item<double>() < 1e-12);
    }

    [Fact]
    public void Input_is_left_alone_and_nothing_leaks()
    {
        using Tensor frames = linspace(0, 1, 3 * 8 * 8, ScalarType.Float32).reshape(3, 8, 8);
        using Tensor copy = frames.clone();
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int i = 0; i < 3; i++)
        {
            using Tensor lr = Degradation.Reduce(frames, 4);
            using Tensor up = Degradation.Enlarge(lr, 4, quantize: false);
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        using Tensor same = frames.equal(copy);
        using Tensor all = same.all();
        Assert.True(all.item<bool>());
    }

    [Fact]
    public void Quantizing_rounds_halves_up_and_clamps()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor levels = Degradation.Quantize(tensor(new[] { -0.2, 0.5 / 255, 1.49 / 255, 2.5 / 255, 1.7 })) * 255;
        Assert.Equal([0, 1, 1, 3, 255], levels.data<double>().Select(value => Math.Round(value, 9)));
    }

    [Fact]
    public void Misuse_is_refused_with_the_value()
    {
        using Tensor frames = zeros(3, 10, 12);
        Assert.Contains("12x10", Assert.Throws<ArgumentException>(() => Degradation.Reduce(frames, 4)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Degradation.Enlarge(frames, 5));
        using Tensor bytes = zeros(3, 8, 8, ScalarType.Byte);
        Assert.Throws<ArgumentException>(() => Degradation.Reduce(bytes, 2));
    }

    private static void CompareWithGolden(int index, Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        JsonElement golden = Golden()[index];
        Tensor input = (Matrix(golden.GetProperty("input")) / 255f).to(device);
        Tensor expected = Matrix(golden.GetProperty("output"));
        int scale = golden.GetProperty("scale").GetInt32();
        Tensor actual = golden.GetProperty("name").GetString() == "reduce"
            ? Degradation.Reduce(input, scale)
            : Degradation.Enlarge(input, scale);
        Tensor difference = (actual.cpu() * 255 - expected).abs();
        Assert.Equal(expected.shape, actual.shape);
        Assert.True(difference.max().item<float>() < 1.001f);
        Assert.True(difference.mean().item<float>() < 0.005f, "levels differ in more than rare ties");
    }

    private static Tensor Matrix(JsonElement rows)
    {
        float[][] values = rows.EnumerateArray()
            .Select(row => row.EnumerateArray().Select(value => value.GetSingle()).ToArray()).ToArray();
        return tensor(values.SelectMany(row => row).ToArray()).reshape(values.Length, values[0].Length);
    }

    private static JsonElement[] Golden()
    {
        string path = Path.Combine(SharedData.RepositoryRoot, "tests", "Vsr.Data.Tests", "Golden", "imresize.json");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.EnumerateArray().Select(element => element.Clone()).ToArray();
    }
}
