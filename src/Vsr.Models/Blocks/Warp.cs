using TorchSharp;
using static TorchSharp.torch;

namespace Vsr.Models.Blocks;

/// <summary>Samples pictures where a flow points: out(p) = x(p + f(p)), replicated border.</summary>
/// <remarks>
/// The sampling positions are made by one fused multiply-add on a grid that is kept per size, so nothing is made on the
/// host and nothing synchronizes: usable inside a CUDA graph once the size has been seen before capture. Grids live as
/// long as this object, which must outlive graphs captured with it.
/// </remarks>
internal sealed class Warp : IDisposable
{
    private readonly Dictionary<GridKey, Grid> _grids = [];
    private BicubicSampler? _bicubic;

    /// <summary>Warps a picture by a flow.</summary>
    /// <param name="x">[N, C, H, W], any floating type; sampled in the flow's type.</param>
    /// <param name="flow">[N, 2, H, W], x then y, in pixels after multiplication by <paramref name="flowScale"/>; float32 or float64.</param>
    /// <param name="bicubic">Bicubic sampling with a = -0.75 instead of bilinear.</param>
    /// <param name="flowScale">The factor between the flow's numbers and pixels of <paramref name="x"/>.</param>
    /// <returns>[N, C, H, W] in the flow's type.</returns>
    public Tensor Sample(Tensor x, Tensor flow, bool bicubic = false, double flowScale = 1)
    {
        Grid grid = GridFor(flow, flowScale);
        using Tensor inner = flow.permute(0, 2, 3, 1);                       // [N, H, W, 2]
        using Tensor positions = grid.Identity.addcmul(inner, grid.PixelsToUnits, 1);
        using Tensor wide = x.to(flow.dtype);
        return bicubic
            ? (_bicubic ??= new BicubicSampler()).Sample(wide, positions)
            : nn.functional.grid_sample(wide, positions, GridSampleMode.Bilinear, GridSamplePaddingMode.Border, align_corners: true);
    }

    public void Dispose()
    {
        foreach (Grid grid in _grids.Values)
        {
            grid.Identity.Dispose();
            grid.PixelsToUnits.Dispose();
        }

        _grids.Clear();
        _bicubic?.Dispose();
        _bicubic = null;
    }

    private Grid GridFor(Tensor flow, double flowScale)
    {
        GridKey key = new(
            flow.size(2), flow.size(3), flow.dtype, flow.device_type, flow.device_index, flowScale);
        if (!_grids.TryGetValue(key, out Grid grid))
        {
            grid = Create(key, flow.device);
            _grids.Add(key, grid);
        }

        return grid;
    }

    /// <summary>Positions in grid_sample's units, -1 .. 1 between the centres of the outer pixels (align_corners).</summary>
    private static Grid Create(GridKey key, Device device)
    {
        using IDisposable tracking = inference_mode(false);
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        double unitsX = 2.0 / Math.Max(key.Width - 1, 1);
        double unitsY = 2.0 / Math.Max(key.Height - 1, 1);
        Tensor x = (arange(key.Width, ScalarType.Float64) * unitsX - 1).expand(key.Height, key.Width);
        Tensor y = (arange(key.Height, ScalarType.Float64) * unitsY - 1).unsqueeze(1).expand(key.Height, key.Width);
        Tensor identity = stack([x, y], -1).unsqueeze(0).to(key.Type, device);
        Tensor scale = tensor(new[] { unitsX * key.FlowScale, unitsY * key.FlowScale }).to(key.Type, device);
        return new Grid(identity.DetachFromDisposeScope(), scale.DetachFromDisposeScope());
    }

    private readonly record struct GridKey(
        long Height, long Width, ScalarType Type, DeviceType DeviceType, int DeviceIndex, double FlowScale);

    private readonly record struct Grid(Tensor Identity, Tensor PixelsToUnits);
}
