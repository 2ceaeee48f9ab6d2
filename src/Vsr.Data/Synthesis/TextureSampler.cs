using Vsr.Torch;
using static TorchSharp.torch;

namespace Vsr.Data.Synthesis;

/// <summary>Bicubic grid_sample with reflected edges, which libtorch has but TorchSharp's front end does not offer.</summary>
/// <remarks>Called by the operator's name; where operators cannot be called by name, through a line of TorchScript.</remarks>
internal sealed class TextureSampler : IDisposable
{
    private const long BicubicMode = 2;
    private const long ReflectionPadding = 2;

    private readonly jit.CompilationUnit? _script;

    /// <summary>Samples by the operator's name where that is possible.</summary>
    public TextureSampler()
        : this(Dispatcher.IsAvailable)
    {
    }

    internal TextureSampler(bool byName) => _script = byName ? null : jit.compile(
        "def sample(x: Tensor, grid: Tensor):\n  return torch.grid_sampler(x, grid, 2, 2, False)\n");

    /// <summary>Samples a picture at positions: bicubic, a = -0.75, align_corners false.</summary>
    /// <param name="picture">uint8 [3, H, W].</param>
    /// <param name="positions">float32 [T, h, w, 2] in grid_sample's units.</param>
    /// <returns>float32 [T, 3, h, w], about 0..1.</returns>
    public Tensor Bicubic(Tensor picture, Tensor positions)
    {
        Tensor input = (picture.to(ScalarType.Float32) / 255).unsqueeze(0).expand(positions.size(0), -1, -1, -1);
        return _script is null
            ? Dispatcher.Call("aten::grid_sampler", "", input, positions, BicubicMode, ReflectionPadding, false)
            : (Tensor)_script.invoke("sample", input, positions);
    }

    /// <summary>Samples one plane bilinearly.</summary>
    /// <param name="plane">float32 [1, 1, H, W].</param>
    /// <param name="positions">As in <see cref="Bicubic"/>.</param>
    /// <returns>float32 [T, 1, h, w].</returns>
    public static Tensor Bilinear(Tensor plane, Tensor positions) => nn.functional.grid_sample(
        plane.expand(positions.size(0), -1, -1, -1), positions,
        GridSampleMode.Bilinear, GridSamplePaddingMode.Reflection, align_corners: false);

    public void Dispose() => _script?.Dispose();
}
