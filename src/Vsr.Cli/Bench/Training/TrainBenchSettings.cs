using System.Globalization;
using Vsr.Models;

namespace Vsr.Cli.Bench.Training;

/// <summary>What vsr bench train measures: a row a precision and batch.</summary>
internal sealed record TrainBenchSettings
{
    /// <summary>The words for networks.</summary>
    public static readonly string[] Networks = [NetworkCatalog.VsrNet, NetworkCatalog.Recurrent];

    /// <summary>The words for motion compensation, those of the option of vsr train.</summary>
    public static readonly string[] Flows = ["none", "compact", "flownet2-sd"];

    /// <summary>The words for precisions: fp32 without TF32, with it, and 16-bit numbers with float32 masters, fp16 with a loss scale.</summary>
    public static readonly string[] PrecisionNames = ["fp32", "tf32", "bf16", "fp16"];

    /// <summary>One of <see cref="Networks"/>.</summary>
    public string Network { get; init; } = NetworkCatalog.VsrNet;

    /// <summary>One of <see cref="Flows"/>; of vsrnet, whose flow network is frozen.</summary>
    public string Flow { get; init; } = "flownet2-sd";

    /// <summary>Some of <see cref="PrecisionNames"/>.</summary>
    public IReadOnlyList<string> Precisions { get; init; } = PrecisionNames;

    /// <summary>Each N.</summary>
    public IReadOnlyList<int> Batches { get; init; } = [3, 7];

    /// <summary>T.</summary>
    public int Frames { get; init; } = 3;

    /// <summary>H.</summary>
    public int CropHeight { get; init; } = 512;

    /// <summary>W.</summary>
    public int CropWidth { get; init; } = 960;

    /// <summary>Measured steps a row.</summary>
    public int Steps { get; init; } = 20;

    /// <summary>Steps before them.</summary>
    public int WarmUp { get; init; } = 5;

    /// <summary>Whether each operator is launched by itself on a GPU, not as one CUDA graph.</summary>
    public bool Eager { get; init; }

    /// <summary>Whether an attached profiler is to see one step a row and nothing else.</summary>
    public bool Profile { get; init; }

    /// <summary>The crop as the option writes it: height x width.</summary>
    public string Crop => string.Create(CultureInfo.InvariantCulture, $"{CropHeight}x{CropWidth}");

    /// <summary>The defaults of a network.</summary>
    public static TrainBenchSettings Of(string network) => network == NetworkCatalog.Recurrent
        ? new() { Network = network, Precisions = ["bf16"], Batches = [16], Frames = 10, CropHeight = 256, CropWidth = 256 }
        : new() { Network = network };

    /// <summary>Numbers separated by commas.</summary>
    /// <exception cref="ArgumentException">A part is no number.</exception>
    public static IReadOnlyList<int> ParseBatches(string text) => [.. text.Split(',').Select(part =>
        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int batch)
            ? batch
            : throw new ArgumentException($"--batch {text}: '{part}' is no number; give sequences a step, as in 3,7"))];

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">A value is outside its range; the message says value, limit and fix.</exception>
    public void Validate()
    {
        foreach (string precision in Precisions)
        {
            if (!PrecisionNames.Contains(precision))
            {
                throw new ArgumentException($"--precision {precision} is unknown; use {string.Join(", ", PrecisionNames)}");
            }
        }

        foreach (int batch in Batches)
        {
            BenchSettings.Require("--batch", batch, 1, 4096);
        }

        BenchSettings.Require("--frames", Frames, 1, 1000);
        BenchSettings.Require("--steps", Steps, 1, 1_000_000);
        BenchSettings.Require("--warm-up", WarmUp, 0, 1_000_000);
        bool isVsrNet = Network == NetworkCatalog.VsrNet;
        int multiple = isVsrNet && Flow == "flownet2-sd" ? 64 : 16;
        if (CropHeight % multiple != 0 || CropWidth % multiple != 0)
        {
            throw new ArgumentException($"--crop {Crop}: height and width must be multiples of {multiple} for this network");
        }

        if (isVsrNet)
        {
            new VsrNetOptions { Frames = Frames }.Validate();
        }
    }
}
