using Vsr.Torch;
using static TorchSharp.torch;

namespace Vsr.Models.Blocks;

/// <summary>grid_sample with bicubic interpolation, which libtorch has but its C++ front end, and so TorchSharp, does not offer.</summary>
/// <remarks>Called by the operator's name; where operators cannot be called by name, through a line of TorchScript.</remarks>
internal sealed class BicubicSampler : IDisposable
{
    private const long Bicubic = 2;
    private const long Border = 1;

    private jit.CompilationUnit? _script;

    /// <summary>Samples [N, C, H, W] at positions [N, h, w, 2] in -1..1; a = -0.75, replicated border, align_corners.</summary>
    public Tensor Sample(Tensor x, Tensor positions)
    {
        if (Dispatcher.IsAvailable)
        {
            return Dispatcher.Call("aten::grid_sampler", "", x, positions, Bicubic, Border, true);
        }

        _script ??= jit.compile("def sample(x: Tensor, grid: Tensor):\n  return torch.grid_sampler(x, grid, 2, 1, True)\n");
        return (Tensor)_script.invoke("sample", x, positions);
    }

    public void Dispose() => _script?.Dispose();
}
