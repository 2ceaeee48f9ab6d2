using static TorchSharp.torch;

namespace Vsr.Models;

/// <summary>Upscales with <see cref="VsrNet"/>: a window of T frames around each, edge frames repeated; chroma is the enlargement's.</summary>
internal sealed class WindowUpscaler : StreamingUpscaler
{
    private readonly VsrNet _network;

    public WindowUpscaler(VsrNet network, InferenceOptions options)
        : base(network.Scale, network.Options.Frames / 2, network.Options.Frames / 2) =>
        _network = network.CopyForInference(options.Precision);

    protected override Tensor Enlarge(IReadOnlyList<Tensor> window, int current)
    {
        int half = LookAhead;
        Tensor[] frames = Enumerable.Range(current - half, (2 * half) + 1)
            .Select(i => window[Math.Clamp(i, 0, window.Count - 1)]).ToArray();
        Tensor enlarged = _network.Enlarge(cat(frames, 0));                    // [T, 3, H, W]
        Tensor middle = enlarged.narrow(0, half, 1);
        Tensor luma = _network.forward(enlarged.unsqueeze(0));
        return middle + (luma - VsrNet.Luma(middle));
    }

    protected override void ResetState()
    {
    }

    protected override void DisposeNetwork() => _network.Dispose();
}
