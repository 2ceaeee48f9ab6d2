using Vsr.Models.Blocks;

namespace Vsr.Models;

/// <content>What a frame costs.</content>
public sealed partial class RecurrentVsr
{
    /// <inheritdoc/>
    public override long CountMultiplyAccumulates(int height, int width)
    {
        long position = Convolutions.CountWeights(head) + Convolutions.CountWeights(body)
            + Convolutions.CountWeights(up) + Convolutions.CountWeights(@out);
        long pairs = 1 + Options.LookAhead;
        return ((long)height * width * position) + (pairs * (flow?.CountMultiplyAccumulates(height, width) ?? 0));
    }
}
