using TorchSharp;
using Vsr.Models.Blocks;
using static TorchSharp.torch;

namespace Vsr.Training.Metrics;

/// <summary>How much a video changes from a frame to the next where both show the same: the warping error, and the flicker of its errors.</summary>
/// <remarks>
/// <para>
/// W.-S. Lai et al., "Learning Blind Video Temporal Consistency", ECCV 2018. Let f be the flow from frame t to frame t + 1 of the ground
/// truth, x_t(p) = x_t+1(p + f(p)), and b the flow back. A video's residual of a pair is r(p) = x_t(p) - x_t+1(p + f(p)), sampled
/// bilinearly; its warping error is the mean of r^2 over the pixels that are visible in both frames, on a scale where full scale is 1.
/// Every video is measured by the same flow over the same pixels.
/// </para>
/// <para>
/// Pixels are visible as by M. Ruder et al., "Artistic style transfer for videos", 2016, with d(p) = b(p + f(p)): the flows lead back,
/// |f + d|^2 &lt;= 0.01 (|f|^2 + |d|^2) + 0.5; p is on no edge of motion, |grad u|^2 + |grad v|^2 &lt;= 0.01 |f|^2 + 0.002 for f = (u, v), by
/// forward differences; and p + f(p) is inside the picture, which the paper leaves to the first condition.
/// </para>
/// <para>
/// The warping error favours what is blurred: texture that is not there cannot change. Flicker is the warping error of the difference
/// between a video and the ground truth, the mean of (r - r of the truth)^2. An error that moves with the picture, as blur does, does not
/// count; one that comes and goes does. The ground truth has none.
/// </para>
/// </remarks>
internal sealed class WarpingError : IDisposable
{
    private const double ConsistentShare = 0.01;
    private const double ConsistentSquare = 0.5;        // pixels^2
    private const double EdgeShare = 0.01;
    private const double EdgeSquare = 0.002;

    private readonly Warp _warp = new();

    /// <summary>Which pixels of a frame are visible in the next one, too.</summary>
    /// <param name="forward">f, float32 [1, 2, H, W], pixels, x then y.</param>
    /// <param name="backward">b, the same shape.</param>
    /// <returns>bool [1, 1, H, W]; a flow that is no number makes a pixel invisible.</returns>
    public Tensor Visible(Tensor forward, Tensor backward)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor back = _warp.Sample(backward, forward);
        Tensor length = SquaredLength(forward);                                                        // [1, 1, H, W]
        Tensor consistent = SquaredLength(forward + back).le(((length + SquaredLength(back)) * ConsistentShare) + ConsistentSquare);
        Tensor smooth = SquaredGradient(forward).le((length * EdgeShare) + EdgeSquare);
        return scope.MoveToOuter(consistent.logical_and(smooth).logical_and(StaysInside(forward)));
    }

    /// <summary>What is left of a frame when the next one, warped to it, is taken away.</summary>
    /// <param name="frame">float32 [1, C, H, W].</param>
    /// <param name="next">The same shape.</param>
    /// <param name="forward">f.</param>
    /// <returns>r, [1, C, H, W].</returns>
    public Tensor Residual(Tensor frame, Tensor next, Tensor forward)
    {
        using Tensor warped = _warp.Sample(next, forward);
        return frame - warped;
    }

    /// <summary>The mean square over the visible pixels and all channels; not a number where none is visible.</summary>
    /// <param name="residual">[1, C, H, W].</param>
    /// <param name="visible">bool [1, 1, H, W].</param>
    public static double MeanSquare(Tensor residual, Tensor visible)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor squares = residual.square().mean([1], keepdim: true);                                   // [1, 1, H, W]
        double sum = squares.masked_fill(visible.logical_not(), 0).sum(ScalarType.Float64).item<double>();
        return sum / visible.sum(ScalarType.Int64).item<long>();
    }

    public void Dispose() => _warp.Dispose();

    private static Tensor SquaredLength(Tensor flow) => flow.square().sum(1, keepdim: true);

    // The last column and row have no neighbour: no difference.
    private static Tensor SquaredGradient(Tensor flow)
    {
        Tensor right = cat([flow.narrow(3, 1, flow.size(3) - 1), flow.narrow(3, flow.size(3) - 1, 1)], 3);
        Tensor below = cat([flow.narrow(2, 1, flow.size(2) - 1), flow.narrow(2, flow.size(2) - 1, 1)], 2);
        return SquaredLength(right - flow) + SquaredLength(below - flow);
    }

    private static Tensor StaysInside(Tensor flow)
    {
        (long height, long width) = (flow.size(2), flow.size(3));
        Tensor x = arange(width, ScalarType.Float32, flow.device) + flow.narrow(1, 0, 1);
        Tensor y = arange(height, ScalarType.Float32, flow.device).unsqueeze(1) + flow.narrow(1, 1, 1);
        return x.ge(0).logical_and(x.le(width - 1)).logical_and(y.ge(0)).logical_and(y.le(height - 1));
    }
}
