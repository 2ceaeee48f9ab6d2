using TorchSharp;
using static TorchSharp.torch;

namespace Vsr.Data.Synthesis;

/// <summary>Stills on the device, and where in them there is something to see.</summary>
internal sealed class StillSet : IDisposable
{
    /// <summary>The least width and height of a still, in pixels.</summary>
    public const int LeastSide = 2 * Cell;

    private const int Cell = 32;
    private const double Floor = 0.003;
    private const double MinZoom = 1.35;
    private const double MaxZoom = 3;

    private readonly List<Tensor> _pictures = [];
    private readonly List<double[]> _energies = [];
    private readonly List<int> _columns = [];

    /// <summary>Copies stills to the device.</summary>
    /// <param name="stills">[3, H, W], uint8, or floating point in 0..1; at least 64 pixels each way.</param>
    /// <param name="device">Where they are sampled.</param>
    public StillSet(IReadOnlyList<Tensor> stills, Device device)
    {
        foreach (Tensor still in stills)
        {
            Check(still);
            using DisposeScope scope = NewDisposeScope();
            Tensor picture = still.is_floating_point() ? (still.clamp(0, 1) * 255).round() : still;
            picture = picture.to(ScalarType.Byte, device, copy: true);
            Tensor energy = Energy(picture);
            _columns.Add((int)energy.size(1));
            _energies.Add(energy.flatten().cpu().to(ScalarType.Float64).data<double>().ToArray());
            _pictures.Add(picture.DetachFromDisposeScope());
        }
    }

    /// <summary>Draws a still and a place in it, more likely where gradients are.</summary>
    /// <param name="random">The sequence's random numbers.</param>
    /// <param name="size">Width and height of the sequence in high-resolution pixels.</param>
    public StillTexture Draw(MotionRandom random, int size) => Draw(random, size, MinZoom, MaxZoom);

    /// <summary>The same with another range of still pixels a pixel; the still's size may lower it.</summary>
    public StillTexture Draw(MotionRandom random, int size, double minZoom, double maxZoom)
    {
        int index = random.Below(_pictures.Count);
        Tensor picture = _pictures[index];
        (long height, long width) = (picture.size(1), picture.size(2));
        double zoom = random.Uniform(minZoom, Math.Min(maxZoom, Math.Min(height, width) / (size * 1.1)));
        int cell = random.ChooseWeighted(_energies[index]);
        double margin = 0.35 * size * zoom;
        return new(
            picture,
            zoom,
            Math.Min(Math.Max(((cell % _columns[index]) + 0.5) * Cell, margin), width - margin),
            Math.Min(Math.Max(((cell / _columns[index]) + 0.5) * Cell, margin), height - margin),
            random.Below(4) switch { 0 or 1 => 0, 2 => random.Uniform(-0.3, 0.3), _ => random.Uniform(-3.1, 3.1) });
    }

    public void Dispose()
    {
        foreach (Tensor picture in _pictures)
        {
            picture.Dispose();
        }
    }

    /// <summary>Mean diagonal difference in cells of 32x32 pixels, 0..1, with a floor so that flat places come up too.</summary>
    private static Tensor Energy(Tensor picture)
    {
        Tensor x = picture.to(ScalarType.Float32) / 255;
        Tensor inner = x.slice(1, 1, x.size(1), 1).slice(2, 1, x.size(2), 1);
        Tensor outer = x.slice(1, 0, x.size(1) - 1, 1).slice(2, 0, x.size(2) - 1, 1);
        Tensor difference = (inner - outer).abs().mean([0L]).unsqueeze(0).unsqueeze(0);       // [1, 1, H-1, W-1]
        return nn.functional.avg_pool2d(difference, Cell).squeeze(0).squeeze(0) + Floor;
    }

    private static void Check(Tensor still)
    {
        if (still.dim() != 3 || still.size(0) != 3 || still.size(1) < LeastSide || still.size(2) < LeastSide)
        {
            throw new ArgumentException(
                $"a still of shape [{string.Join(", ", still.shape)}]; give [3, H, W] with at least {LeastSide} pixels each way", nameof(still));
        }
    }
}
