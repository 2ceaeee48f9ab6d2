using Vsr.Models.Blocks;

namespace Vsr.Models;

/// <content>What a frame costs.</content>
public sealed partial class RecurrentVsr
{
    /// <inheritdoc/>
    public override long CountMultiplyAccumulates(int height, int width)
    {
        long trunk = Convolutions.CountWeights(head) + Convolutions.CountWeights(body);
        long position = (Options.TwoDirections ? 2 * trunk : trunk) + Convolutions.CountWeights(up) + Convolutions.CountWeights(@out);
        long pairs = 1 + Options.LookAhead;
        int reduction = Options.FlowReduction;
        return ((long)height * width * position)
            + (pairs * (flow?.CountMultiplyAccumulates((height + reduction - 1) / reduction, (width + reduction - 1) / reduction) ?? 0));
    }
}
