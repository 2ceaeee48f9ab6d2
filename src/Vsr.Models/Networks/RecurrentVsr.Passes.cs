using TorchSharp;
using Vsr.Models.Blocks;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vsr.Models;

/// <content>Whole passes over sequences, and how two of them, one backwards in time, become one output.</content>
/// <remarks>
/// Both passes are the network of one direction, with the same weights: the second sees the sequence reversed. Their mean is
/// worth more than either, most of all where one of them has little behind it; <see cref="DirectionBlend"/> learns where to trust which.
/// </remarks>
public sealed partial class RecurrentVsr
{
    /// <summary>The output of two passes of a frame.</summary>
    /// <param name="current">The frame [N, 3, h, w].</param>
    /// <param name="enlarged">Its bicubic enlargement; null where <see cref="Picture"/> makes it.</param>
    /// <param name="onwards">The pass forwards: state [N, C, h, w] and residual [N, 3 S S, h, w].</param>
    /// <param name="backwards">The pass backwards in time, the same.</param>
    /// <returns>[N, 3, S h, S w] in the frame's type.</returns>
    internal Tensor Blend(Tensor current, Tensor? enlarged, (Tensor State, Tensor Residual) onwards, (Tensor State, Tensor Residual) backwards) =>
        Picture(current, enlarged, blend!.Residual(onwards, backwards));

    /// <summary>What is added to the enlarged frame [N, 3 S S, h, w], of a state [N, C, h, w].</summary>
    internal Tensor ResidualOf(Tensor hidden) => _fused?.Residual(hidden) ?? @out.call(F.relu(up.call(hidden), inplace: true));

    /// <summary>Bytes of the state of a frame [N, 3, h, w].</summary>
    internal long StateBytes(Tensor current) =>
        current.size(0) * Options.Channels * current.size(2) * current.size(3) * (WeightType == ScalarType.BFloat16 ? 2 : 4);

    /// <summary>The bicubic enlargement of a frame; null where <see cref="Picture"/> needs none.</summary>
    internal Tensor? EnlargedFor(Tensor current) => _fused is { Enlarges: true } || EnlargesByKernel(current) ? null : Resize.Enlarge(current, Scale);

    private Tensor Picture(Tensor current, Tensor? enlarged, Tensor residual) =>
        enlarged is null && Scale == Cpu.EnlargedSum.Scale && Cpu.EnlargedSum.Takes(current, residual) ? Cpu.EnlargedSum.Run(current, residual)
        : enlarged is null && _fused is { Enlarges: true } ? F.pixel_shuffle(_fused.Enlarge(current).add_(residual), Scale)
        : EnlargesByKernel(current) && Gpu.EnlargedSum.Takes(current, residual, Scale) ? Gpu.EnlargedSum.Run(current, residual, Scale)
        : (enlarged ?? Enlarge(current)) + F.pixel_shuffle(residual, Scale);

    private Tensor Enlarge(Tensor current) =>
        EnlargesByKernel(current) ? Gpu.EnlargedSum.Run(current, residual: null, Scale) : Resize.Enlarge(current, Scale);

    private bool EnlargesByKernel(Tensor current) => _fused is not null && !is_grad_enabled() && Gpu.EnlargedSum.Takes(current, Scale);

    /// <summary>One pass over sequences [N, T, 3, h, w], from the first frame to the last: its frames, and the photometric loss.</summary>
    private (RecurrentFrame[] Frames, Tensor Enlarged, Tensor? Photometric) Pass(Tensor lr, RecurrentTape? tape)
    {
        int frames = (int)lr.size(1);
        Tensor enlarged = Frames(Resize.Enlarge(lr.flatten(0, 1), Scale), lr);
        Tensor?[] flows = FlowsOf(lr, tape);
        Tensor?[] differences = DifferencesOf(lr, flows, tape);
        Tensor neighbours = cat(PadMissing(lr, differences), 2);                // [N, T, 3 (1 + look), h, w]
        neighbours = tape?.Cut(neighbours) ?? neighbours;
        RecurrentState state = RecurrentState.Empty;
        RecurrentFrame[] outputs = new RecurrentFrame[frames];
        for (int i = 0; i < frames; i++)
        {
            using DisposeScope step = NewDisposeScope();
            Tensor? back = i == 0 ? null : flows[0]?.select(1, i - 1);
            RecurrentFrame next = Step(lr.select(1, i), neighbours.select(1, i), state, back, enlarged.select(1, i), tape);
            state = next.State;
            outputs[i] = next;
            Tensor[] leaves = tape is null ? [state.Hidden!, next.Residual] : [];        // a tape's are its own
            step.MoveToOuter([.. leaves, next.Sr, .. state.Previous is { } previous ? [previous] : Array.Empty<Tensor>()]);
        }

        return (outputs, enlarged, flow is null || frames == 1 ? null : Photometric(differences));
    }

    private (Tensor Sr, Tensor? Photometric) UnrollOnwards(Tensor lr, RecurrentTape? tape)
    {
        (RecurrentFrame[] frames, _, Tensor? photometric) = Pass(lr, tape);
        return (stack([.. frames.Select(frame => frame.Sr)], 1), photometric);
    }

    /// <summary>The outputs [N, T, 3, S h, S w] of two passes, which run side by side as one batch.</summary>
    private (Tensor Sr, Tensor? Photometric) UnrollBothWays(Tensor lr, RecurrentTape? tape)
    {
        long count = lr.size(0);
        (RecurrentFrame[] frames, Tensor enlarged, Tensor? photometric) = Pass(cat([lr, lr.flip(1)], 0), tape);
        Tensor[] outputs = new Tensor[frames.Length];
        for (int i = 0; i < frames.Length; i++)
        {
            using DisposeScope step = NewDisposeScope();
            outputs[i] = step.MoveToOuter(Blend(
                lr.select(1, i), enlarged.narrow(0, 0, count).select(1, i), Of(frames[i], 0), Of(frames[^(i + 1)], count)));
        }

        return (stack(outputs, 1), photometric);

        (Tensor State, Tensor Residual) Of(RecurrentFrame frame, long first) =>
            (frame.State.Hidden!.narrow(0, first, count), frame.Residual.narrow(0, first, count));
    }
}
