using Vsr.Models.Blocks;
using static TorchSharp.torch;

namespace Vsr.Models;

/// <content>One frame of a stream, given its neighbours: the same arithmetic as <see cref="Unroll"/>, without the rest of the clip.</content>
public sealed partial class RecurrentVsr
{
    /// <summary>One frame of a stream.</summary>
    /// <param name="current">[1, 3, h, w].</param>
    /// <param name="neighbours">The frame before and those after, in the order of the pass, [1, 3, h, w] each; null where there is none.</param>
    /// <param name="state">The frame before's; empty at the first frame.</param>
    /// <param name="exists">Factors 1 or 0 for the neighbours' differences, [1 + look, 1, 1, 1]; null takes all that are given.</param>
    internal RecurrentFrame Frame(Tensor current, Tensor?[] neighbours, RecurrentState state, Tensor? exists = null)
    {
        (Tensor joined, Tensor? flows) = Align(current, neighbours, exists);
        Tensor? back = neighbours[0] is null ? null : flows?.narrow(0, 0, 1);
        Tensor? enlarged = Options.CarriesPicture ? Enlarge(current) : EnlargedFor(current);
        return Step(current, joined, state, back, enlarged);
    }

    /// <summary>Aligned neighbours minus the current frame [1, 3 (1 + look), h, w], and the flows to those that exist [K, 2, h, w].</summary>
    private (Tensor Differences, Tensor? Flows) Align(Tensor current, Tensor?[] neighbours, Tensor? exists)
    {
        long height = current.size(2);
        long width = current.size(3);
        Tensor[] present = neighbours.OfType<Tensor>().ToArray();
        Tensor? flows = null;
        Tensor? differences = null;
        if (present.Length > 0)
        {
            Tensor others = cat(present, 0);                                    // [K, 3, h, w]
            if (flow is not null)
            {
                Tensor from = ForFlow(current).expand(present.Length, -1, -1, -1);
                flows = FlowBetween(from, ForFlow(others), height, width);
                others = Warp.Sample(others, flows);
            }

            differences = others - current;
            differences = exists is null ? differences : differences * exists;
        }

        return (JoinDifferences(neighbours, differences, current), flows);
    }

    /// <summary>[1, 3 (1 + look), h, w] with zeros for neighbours that do not exist.</summary>
    private static Tensor JoinDifferences(Tensor?[] neighbours, Tensor? differences, Tensor current)
    {
        if (differences is not null && differences.size(0) == neighbours.Length)
        {
            return differences.reshape(1, -1, current.size(2), current.size(3));
        }

        Tensor none = zeros_like(current);
        int next = 0;
        return cat(neighbours.Select(n => n is null ? none : differences!.narrow(0, next++, 1)).ToArray(), 1);
    }
}
