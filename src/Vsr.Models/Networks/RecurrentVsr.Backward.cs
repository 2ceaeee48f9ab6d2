using static TorchSharp.torch;

namespace Vsr.Models;

/// <content>The second direction: states from the last frame to the first, by the same weights, that the way forwards sees.</content>
/// <remarks>As in the coupled propagation of IconVSR (Chan et al., CVPR 2021, arXiv:2012.02181), where one direction's state is the other's input.</remarks>
public sealed partial class RecurrentVsr
{
    /// <summary>The state of a frame on the way back.</summary>
    /// <param name="current">[N, 3, h, w].</param>
    /// <param name="neighbours">[N, 3 (1 + look), h, w]: aligned neighbours minus the current frame.</param>
    /// <param name="later">The later frame's state on the way back [N, C, h, w]; null at the last frame.</param>
    /// <param name="ahead">Flow to the later frame [N, 2, h, w], or null: nothing is warped.</param>
    /// <returns>[N, C, h, w] in the weights' type.</returns>
    internal Tensor StepBack(Tensor current, Tensor neighbours, Tensor? later, Tensor? ahead)
    {
        (Tensor? hidden, Tensor? motion) = Moved(later, ahead);
        Tensor input = is_grad_enabled()
            ? JoinInput(current, neighbours, hidden, detail: null, opposite: null)
            : FillInput(current, neighbours, hidden, motion, detail: null, opposite: null);
        return Trunk(input);
    }

    /// <summary>The states of all frames of sequences on the way back, in order of the frames.</summary>
    private Tensor[] UnrollBack(Tensor lr, Tensor neighbours, Tensor? ahead)
    {
        int frames = (int)lr.size(1);
        Tensor[] states = new Tensor[frames];
        for (int i = frames - 1; i >= 0; i--)
        {
            Tensor? later = i == frames - 1 ? null : states[i + 1];
            states[i] = StepBack(lr.select(1, i), neighbours.select(1, i), later, later is null ? null : ahead?.select(1, i));
        }

        return states;
    }
}
