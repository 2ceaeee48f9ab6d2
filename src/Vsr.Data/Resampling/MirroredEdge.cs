using static TorchSharp.torch;

namespace Vsr.Data.Resampling;

/// <summary>Continues a tensor beyond its edges by mirroring, the edge sample repeated: c b a | a b c | c b a.</summary>
internal static class MirroredEdge
{
    /// <summary>Adds <paramref name="margin"/> mirrored samples at both ends of one dimension; margins wider than the tensor go back and forth.</summary>
    /// <returns>A new tensor; nothing is made on the host, so the work can be captured in a CUDA graph.</returns>
    public static Tensor Extend(Tensor x, int dim, int margin)
    {
        Tensor extended = x.alias();
        for (long missing = margin; missing > 0;)
        {
            long size = extended.size(dim);
            long step = Math.Min(missing, size);
            using Tensor inner = extended;
            using Tensor head = inner.narrow(dim, 0, step);
            using Tensor tail = inner.narrow(dim, size - step, step);
            using Tensor before = head.flip(dim);
            using Tensor after = tail.flip(dim);
            extended = cat([before, inner, after], dim);
            missing -= step;
        }

        return extended;
    }
}
