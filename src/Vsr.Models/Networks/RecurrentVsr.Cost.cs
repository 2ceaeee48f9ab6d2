using Vsr.Models.Blocks;

namespace Vsr.Models;

/// <content>What a frame costs.</content>
public sealed partial class RecurrentVsr
{
    /// <inheritdoc/>
    /// <remarks>Of two directions both passes of a clip that is one group; longer ones pass over some frames twice on the way back.</remarks>
    public override long CountMultiplyAccumulates(int height, int width)
    {
        long position = Convolutions.CountWeights(head) + Convolutions.CountWeights(body) + Convolutions.CountWeights(up) + Convolutions.CountWeights(@out);
        long pairs = 1 + Options.LookAhead;
        int reduction = Options.FlowReduction;
        long pass = ((long)height * width * position)
            + (pairs * (flow?.CountMultiplyAccumulates((height + reduction - 1) / reduction, (width + reduction - 1) / reduction) ?? 0));
        return blend is null ? pass : (2 * pass) + ((long)height * width * Convolutions.CountWeights(blend));
    }
}
