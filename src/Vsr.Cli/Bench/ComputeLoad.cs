using TorchSharp;
using Vsr.Torch;
using static TorchSharp.torch;

namespace Vsr.Cli.Bench;

/// <summary>Stands for a training step: work for the device of a given length that has nothing to do with the batch.</summary>
/// <remarks>
/// On a GPU a chain of products of bfloat16 matrices, fitted to the time by measuring and launched as one CUDA graph, so that it costs the
/// host next to nothing. All values are equal: random ones draw so much power that the clocks fall and rise, and a step's time with
/// them. On the CPU the calling thread sleeps for the time.
/// </remarks>
internal sealed class ComputeLoad : IDisposable
{
    // Few and long, as launching a graph of hundreds keeps a processor busy; but enough of them to fit the time.
    private const int LargestSide = 8192;
    private const int SmallestSide = 512;
    private const int FewestProducts = 20;
    private const int Probe = 5;
    private const int Fittings = 3;

    private readonly Device _device;
    private readonly TimeSpan _time;
    private Tensor? _start;            // bfloat16 [S, S], S the side
    private Tensor? _factor;           // bfloat16 [S, S], by which a product is equal to its first factor
    private CudaGraph? _graph;
    private int _products;
    private int _side = LargestSide;

    /// <summary>Prepares the load; on a GPU this takes some seconds.</summary>
    /// <param name="device">Where it runs.</param>
    /// <param name="milliseconds">How long it takes; 0 for no load.</param>
    public ComputeLoad(Device device, double milliseconds)
    {
        _device = device;
        _time = TimeSpan.FromMilliseconds(milliseconds);
        if (device.type == DeviceType.CUDA && milliseconds > 0)
        {
            Fit(milliseconds);
        }
    }

    /// <summary>What the load is, for a row's note; null for none.</summary>
    public string? Note => _time == TimeSpan.Zero ? null
        : _start is null ? FormattableString.Invariant($"computing is a sleep of {_time.TotalMilliseconds:0.#} ms: there is no GPU")
        : $"computing is {_products} products of bfloat16 {_side}x{_side} matrices of equal values{(_graph is null ? "" : " in one CUDA graph")}";

    /// <summary>Queues the load on the current stream; on the CPU it is over when the call returns.</summary>
    public void Run()
    {
        if (_graph is not null)
        {
            _graph.Replay();
        }
        else if (_start is not null)
        {
            Chain(_products);
        }
        else if (_time > TimeSpan.Zero)
        {
            Thread.Sleep(_time);
        }
    }

    public void Dispose()
    {
        _graph?.Dispose();
        _start?.Dispose();
        _factor?.Dispose();
    }

    private void Fit(double milliseconds)
    {
        double each = Probed();
        while (each * FewestProducts > milliseconds && _side > SmallestSide)
        {
            _side /= 2;
            each = Probed();
        }

        for (int i = 0; i < Fittings; i++)
        {
            _products = Math.Max(1, (int)Math.Round(milliseconds / each));
            each = Measure() / _products;
        }

        if (CudaGraph.IsAvailable(_device))
        {
            _graph = CudaGraph.Capture(_device, () => Chain(_products), warmUps: 1);
        }
    }

    // Milliseconds of a product of matrices of the present size.
    private double Probed()
    {
        using IDisposable noGrad = no_grad();
        _start?.Dispose();
        _factor?.Dispose();
        _start = ones([_side, _side], ScalarType.BFloat16, _device).DetachFromDisposeScope();
        _factor = full([_side, _side], 1.0 / _side, ScalarType.BFloat16, _device).DetachFromDisposeScope();
        _products = Probe;
        Measure(); // chooses the library's kernel and wakes the clocks
        return Measure() / Probe;
    }

    private double Measure()
    {
        using CudaTimer timer = new(_device, waitsAsleep: true);
        timer.Start();
        Chain(_products);
        timer.Stop();
        return timer.ElapsedMilliseconds;
    }

    private void Chain(int products)
    {
        using IDisposable noGrad = no_grad();
        Tensor value = _start!.alias();
        for (int i = 0; i < products; i++)
        {
            Tensor next = value.matmul(_factor!);
            value.Dispose();
            value = next;
        }

        value.Dispose();
    }
}
