using System.Diagnostics;
using TorchSharp;
using Vsr.Data;
using Vsr.Torch;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Bench;

/// <summary>A loader at full rate beside work that fills the GPU: what each keeps of the rate it has alone.</summary>
/// <param name="device">The GPU.</param>
/// <param name="clips">Video files.</param>
/// <param name="seconds">How long each of the three measurements runs.</param>
internal sealed class BesideBench(Device device, IReadOnlyList<string> clips, double seconds)
{
    private static readonly SequenceLoaderOptions Options = new() { BatchSize = 3, CropWidth = 960, CropHeight = 540 };

    public void Run(TextWriter output)
    {
        double loaderAlone = Loader(warm: null, over: null);
        double workAlone = Work(begin: null);
        using ManualResetEventSlim over = new();
        using ManualResetEventSlim warm = new();
        double loaderBeside = 0;
        Thread loader = new(() => loaderBeside = Loader(warm, over));
        double workBeside = Work(() =>
        {
            loader.Start();
            warm.Wait();
        });
        over.Set();
        loader.Join();
        output.WriteLine($"{"",-34}{"alone",10}{"beside",10}{"kept",8}");
        Line("loader, delivered frames/s", loaderAlone, loaderBeside);
        Line("work, steps/s", workAlone, workBeside);

        void Line(string name, double alone, double beside) =>
            output.WriteLine(FormattableString.Invariant($"{name,-34}{alone,10:F1}{beside,10:F1}{100 * beside / alone,7:F1}%"));
    }

    /// <summary>Delivered frames a second, each batch given back at once, on a stream of its own.</summary>
    private double Loader(ManualResetEventSlim? warm, ManualResetEventSlim? over)
    {
        using CudaStreamScope stream = new(CudaStream.FromPool(device));
        using ISequenceLoader loader = SequenceLoaderFactory.Create(clips, Options, VideoDecoderKind.Nvdec, device).Loader;
        const int warmUp = 60;
        long frames = 0;
        long began = 0;
        for (int i = 0; i <= warmUp || (Stopwatch.GetElapsedTime(began).TotalSeconds < 2 * seconds && over?.IsSet != true); i++)
        {
            if (i == warmUp)
            {
                began = Stopwatch.GetTimestamp();
                warm?.Set();
            }

            using SequenceBatch batch = loader.Next();
            frames += i >= warmUp ? Options.BatchSize * Options.Frames : 0;
        }

        CudaStream.Current(device).Synchronize();
        return frames / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>Steps a second of ten bf16 convolutions of 64 channels on 3 x 512 x 960, recorded as one graph.</summary>
    private double Work(Action? begin)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGrad = no_grad();
        Tensor x = TensorLayout.ToChannelsLast(rand([3, 64, 512, 960], ScalarType.BFloat16, device));
        Tensor weight = TensorLayout.ToChannelsLast(rand([64, 64, 3, 3], ScalarType.BFloat16, device).mul_(0.05));
        using CudaGraph graph = CudaGraph.Capture(device, () =>
        {
            Tensor y = x.alias();
            for (int i = 0; i < 10; i++)
            {
                using Tensor input = y;
                y = nn.functional.conv2d(input, weight, padding: [1, 1]);
            }

            y.Dispose();
        });
        CudaStream stream = CudaStream.Current(device);
        begin?.Invoke();
        long began = Stopwatch.GetTimestamp();
        long steps = 0;
        while (Stopwatch.GetElapsedTime(began).TotalSeconds < seconds)
        {
            for (int i = 0; i < 8; i++)
            {
                graph.Replay();
            }

            stream.Synchronize();
            steps += 8;
        }

        return steps / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
