using static TorchSharp.torch;

namespace Vsr.Models;

/// <content>Beginning with what a related network has learned.</content>
public sealed partial class RecurrentVsr
{
    /// <summary>Whether <see cref="StartFrom"/> takes a network of these options: they may differ in scale, in the output that is carried and in the second pass.</summary>
    internal bool CanStartFrom(RecurrentOptions source) => Options == source with
    {
        Scale = Options.Scale,
        CarryOutput = Options.CarryOutput,
        WarpOutput = Options.WarpOutput,
        TwoDirections = Options.TwoDirections,
    };

    /// <summary>
    /// Copies all weights that mean the same in both networks. Weights of an input that the source does not have, or has otherwise, become zero. What
    /// the source does not have, the blend of two directions, and the last convolution of another scale keep their fresh weights: two directions
    /// begin with the mean of the source's passes.
    /// </summary>
    /// <exception cref="ArgumentException"><see cref="CanStartFrom"/> says no.</exception>
    internal void StartFrom(RecurrentVsr source)
    {
        if (!CanStartFrom(source.Options))
        {
            throw new ArgumentException("the networks differ in channels, blocks, look-ahead or flow", nameof(source));
        }

        using IDisposable noGrad = no_grad();
        Dictionary<string, Tensor> from = source.state_dict();
        foreach ((string name, Tensor tensor) in state_dict())
        {
            if (from.TryGetValue(name, out Tensor? theirWeights) && tensor.shape.SequenceEqual(theirWeights.shape))
            {
                tensor.copy_(theirWeights);
            }
        }

        head.bias!.copy_(source.head.bias!);
        head.weight.zero_();
        IReadOnlyList<InputPart> theirs = source.InputParts;
        long at = 0;
        foreach (InputPart part in InputParts)
        {
            long begin = 0;
            foreach (InputPart other in theirs)
            {
                if (other == part)
                {
                    using Tensor target = head.weight.narrow(1, at, part.Channels);
                    target.copy_(source.head.weight.narrow(1, begin, part.Channels));
                }

                begin += other.Channels;
            }

            at += part.Channels;
        }
    }

    /// <summary>The head's input channels in their order, as <see cref="JoinInput"/> has them: equal parts mean the same.</summary>
    private IReadOnlyList<InputPart> InputParts =>
    [
        new("frames", 3 * (2 + Options.LookAhead)),
        new("state", Options.Channels),
        .. Options.CarryOutput ? [new InputPart(Options.WarpOutput ? "picture" : "residual", Details)] : Array.Empty<InputPart>(),
    ];

    private readonly record struct InputPart(string Name, int Channels);
}
