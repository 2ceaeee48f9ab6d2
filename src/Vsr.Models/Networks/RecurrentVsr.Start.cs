using static TorchSharp.torch;

namespace Vsr.Models;

/// <content>Beginning with what a related network has learned.</content>
public sealed partial class RecurrentVsr
{
    // What may differ: it is not in the trunk and not in the flow network.
    private static readonly string[] OutputSettings = ["scale", "carry_output", "warp_output", "two_directions"];

    /// <summary>The settings that keep <see cref="StartFrom"/> from taking a network of these options, such as "channels 128 there, 64 here"; none where it takes it.</summary>
    internal IReadOnlyList<string> DifferencesFrom(RecurrentOptions source)
    {
        IReadOnlyDictionary<string, string> here = Options.ToSettings();
        return [.. source.ToSettings()
            .Where(there => !OutputSettings.Contains(there.Key) && there.Value != here[there.Key])
            .Select(there => $"{NameOf(there.Key)} {ValueOf(there)} there, {ValueOf(new(there.Key, here[there.Key]))} here")];

        // as the command line has them
        static string NameOf(string setting) => setting == "use_flow" ? "flow" : setting.Replace('_', '-');

        static string ValueOf(KeyValuePair<string, string> setting) =>
            setting.Key != "use_flow" ? setting.Value : setting.Value == "true" ? "compact" : "none";
    }

    /// <summary>
    /// Copies all weights that mean the same in both networks. Weights of an input that the source does not have, or has otherwise, become zero. What
    /// the source does not have, the blend of two directions, and the last convolution of another scale keep their fresh weights: two directions
    /// begin with the mean of the source's passes.
    /// </summary>
    /// <exception cref="ArgumentException"><see cref="DifferencesFrom"/> names settings.</exception>
    internal void StartFrom(RecurrentVsr source)
    {
        if (DifferencesFrom(source.Options) is { Count: > 0 } differences)
        {
            throw new ArgumentException($"the networks differ: {string.Join("; ", differences)}", nameof(source));
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
