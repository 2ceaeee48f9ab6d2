using static TorchSharp.torch;

namespace Vsr.Models.Blocks;

/// <summary>grid_sample with bicubic interpolation, which libtorch has but its C++ front end, and so TorchSharp, does not offer.</summary>
internal sealed class BicubicSampler : IDisposable
{
    private readonly jit.CompilationUnit _unit = jit.compile(
        "def sample(x: Tensor, grid: Tensor):\n  return torch.grid_sampler(x, grid, 2, 1, True)\n");

    /// <summary>Samples [N, C, H, W] at positions [N, h, w, 2] in -1..1; a = -0.75, replicated border, align_corners.</summary>
    public Tensor Sample(Tensor x, Tensor positions) => (Tensor)_unit.invoke("sample", x, positions);

    public void Dispose() => _unit.Dispose();
}
