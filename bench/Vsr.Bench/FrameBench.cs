using TorchSharp;
using Vsr.Cli.Bench.Training;
using Vsr.Models;
using Vsr.Torch;
using static TorchSharp.torch;

namespace Vsr.Bench;

/// <summary>Frames through the library's upscaler: the network alone, frames already on the device and left there.</summary>
internal sealed class FrameBench(Device device, int frames, int? profiledFrame)
{
    public Measurement Recurrent(RecurrentOptions options, int width, int height)
    {
        CudnnFlags.AllowTf32Convolutions = true;
        CudnnFlags.AllowTf32MatrixProducts = true;
        using DisposeScope scope = NewDisposeScope();
        random.manual_seed(1);
        using RecurrentVsr network = new(options);
        network.to(device);
        network.eval();
        using IFrameUpscaler upscaler = network.CreateUpscaler(new InferenceOptions { Precision = InferencePrecision.Bf16 });
        Tensor[] clip = Enumerable.Range(0, 4).Select(_ => rand(1, 3, height, width, device: device)).ToArray();
        using StepClock clock = new(device, profiledFrame);
        int skipped = options.LookAhead + Measurement.WarmUp;
        for (int i = 0; i < frames + skipped; i++)
        {
            clock.Begin();
            upscaler.Push(clip[i % clip.Length])?.Dispose();
            clock.End();
        }

        return new(clock.After(skipped).DeviceMs, upscaler.UsesCudaGraph ? "CUDA graph" : "eager");
    }
}
