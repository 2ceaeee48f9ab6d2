using System.Runtime.InteropServices;
using TorchSharp;
using Vsr.Cli.Bench.Training;
using Vsr.Models;
using Vsr.Torch;
using Vsr.Upscaling.Pipeline;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Cli.Bench.Networks;

/// <summary>Frames through the upscaler that vsr upscale uses, one after the other, without decoder and encoder.</summary>
/// <param name="settings">What to measure, with the device's defaults filled in.</param>
/// <param name="backend">Where.</param>
/// <param name="log">Takes a line a row.</param>
/// <param name="cancellation">Ends the measuring.</param>
internal sealed class NetworkBench(NetworkBenchSettings settings, Backend backend, TextWriter log, CancellationToken cancellation)
{
    private static readonly ColorDescription OutputColor = new("bt709", "tv", "bt709", "bt709", "left");

    private readonly Device _device = backend.Device;
    private readonly string _machine = BenchMachine.Describe(backend);

    /// <summary>Measures all rows of a network; one for which memory does not suffice says so in its note.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="VsrException">Its weights cannot be read.</exception>
    public IReadOnlyList<NetworkRow> Measure(BenchedNetwork choice)
    {
        using SuperResolutionNetwork network = choice.Create();
        network.to(_device);
        List<NetworkRow> rows = [];
        foreach ((int width, int height) in settings.Sizes!)
        {
            using MovingPictures pictures = new(width, height, pinned: backend.IsCuda);
            foreach (string precision in settings.Precisions!)
            {
                NetworkRow row = new()
                {
                    Model = choice.Title,
                    Architecture = network.Architecture,
                    Device = backend.IsCuda ? "cuda" : "cpu",
                    Precision = precision,
                    Size = FormattableString.Invariant($"{width}x{height}"),
                    Scale = network.Scale,
                    NetworkOnly = true,
                    Machine = _machine,
                };
                rows.AddRange(Measure(network, row, pictures));
            }
        }

        return rows;
    }

    private IEnumerable<NetworkRow> Measure(SuperResolutionNetwork network, NetworkRow row, MovingPictures pictures)
    {
        bool hasGraph = backend.IsCuda;
        foreach (bool networkOnly in (bool[])[true, false])
        {
            if (hasGraph)
            {
                NetworkRow recorded = MeasureOrNote(network, row with { NetworkOnly = networkOnly }, pictures, useGraph: true);
                hasGraph = recorded.Graph is not false;     // this network does not record: the same as without
                yield return recorded;
            }

            if (hasGraph || !backend.IsCuda || !networkOnly)
            {
                yield return MeasureOrNote(network, row with { NetworkOnly = networkOnly }, pictures, useGraph: false);
            }
        }
    }

    private NetworkRow MeasureOrNote(SuperResolutionNetwork network, NetworkRow row, MovingPictures pictures, bool useGraph)
    {
        cancellation.ThrowIfCancellationRequested();
        log.WriteLine($"{row.Model}, {row.Precision}, {row.Size}{(row.NetworkOnly ? "" : ", bytes in, 4:2:0 out")}"
            + $"{(backend.IsCuda && !useGraph ? ", no graph" : "")}: {settings.Frames} frames after {settings.WarmUp}");
        try
        {
            using ProcessWatch watch = new(backend);
            NetworkRow measured = Measure(network, row, pictures, useGraph);
            watch.Dispose();
            return measured with
            {
                HostMib = watch.PeakRssMib is { } mib ? Math.Round(mib) : null,
                DeviceMib = DeviceMemory.Query(_device)?.UsedBytes / (double)(1 << 20) is { } used ? Math.Round(used) : null,
            };
        }
        catch (Exception failure) when (IsOutOfMemory(failure))
        {
            return row with { Graph = backend.IsCuda ? useGraph : null, Note = "the device's memory does not suffice" };
        }
    }

    private NetworkRow Measure(SuperResolutionNetwork network, NetworkRow row, MovingPictures pictures, bool useGraph)
    {
        using IDisposable noGrad = no_grad();
        using IFrameUpscaler upscaler = network.CreateUpscaler(new InferenceOptions
        {
            Precision = row.Precision == "bf16" ? InferencePrecision.Bf16 : InferencePrecision.Fp32,
            UseCudaGraph = useGraph,
            Cancellation = cancellation,
        });
        using FrameOutput output = new(_device, OutputColor);
        int warmUp = settings.WarmUp!.Value;
        int skipped = upscaler.LookAhead + warmUp;
        int group = upscaler.GroupSize;
        int frames = (settings.Frames!.Value + group - 1) / group * group;
        int lastGroup = upscaler.LookAhead + ((warmUp + frames - 1) / group * group);        // groups begin with the first frame, warm-up or not
        using StepClock clock = new(_device, settings.Profile && backend.IsCuda ? lastGroup : null);
        for (int i = 0; i < skipped + frames; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            using DisposeScope scope = NewDisposeScope();
            if (row.NetworkOnly)
            {
                Tensor frame = PictureTensor.Normalize(pictures[i], _device);
                clock.Begin();
                upscaler.Push(frame)?.Dispose();
            }
            else
            {
                clock.Begin();
                Tensor frame = PictureTensor.Normalize(pictures[i], _device);
                output.Deliver(upscaler.Push(frame));
            }

            clock.End();
        }

        double[] times = [.. clock.After(skipped).DeviceMs.Chunk(group).Select(together => together.Average()).Order()];
        return row with
        {
            Graph = backend.IsCuda ? upscaler.UsesCudaGraph : null,
            Frames = frames,
            Ms = Math.Round(Quantile(times, 0.5), 3),
            MsP90 = Math.Round(Quantile(times, 0.9), 3),
            Fps = Math.Round(1000 / times.Average(), 2),
            Note = group == 1 ? row.Note : $"ms of a frame as means of {group} neighbours, which are worked on together",
        };
    }

    /// <summary>The least of ordered values that so great a share of them does not exceed; the middle of two for the median.</summary>
    internal static double Quantile(double[] ordered, double share)
    {
        double place = share * ordered.Length;
        int index = Math.Clamp((int)Math.Ceiling(place) - 1, 0, ordered.Length - 1);
        return place == Math.Floor(place) && index + 1 < ordered.Length && share == 0.5
            ? (ordered[index] + ordered[index + 1]) / 2
            : ordered[index];
    }

    private static bool IsOutOfMemory(Exception failure) => failure is BackendException { IsOutOfMemory: true }
        || (failure is ExternalException native && BackendException.From(native, "vsr bench network").IsOutOfMemory);
}
