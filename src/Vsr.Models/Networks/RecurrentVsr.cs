using TorchSharp;
using TorchSharp.Modules;
using Vsr.Models.Blocks;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vsr.Models;

/// <summary>The recurrent network: a state on the low-resolution grid and the previous output are warped to each frame by a small flow network.</summary>
/// <remarks>
/// <para>
/// One pass over a clip, with a few frames of look-ahead, or two, one of them backwards in time (<see cref="RecurrentOptions.TwoDirections"/>). The previous output is carried as a picture and warped at full
/// resolution with bicubic sampling (the path of FRVSR, Sajjadi et al., CVPR 2018, arXiv:1801.04590); the state is what
/// the residual blocks return, as in BasicVSR's forward branch (Chan et al., CVPR 2021, arXiv:2012.02181).
/// </para>
/// <para>
/// Convolutions run in the type of the weights (bf16 or float32); flow sums, warps, the skip and the output have the type
/// of the frames; where frames are upscaled in bf16 on a GPU and kernels take them, state and previous output are warped straight
/// into the head's input. Nothing synchronizes with the host, so a step over fixed shapes can be a CUDA graph once it has run before capture.
/// </para>
/// </remarks>
public sealed partial class RecurrentVsr : SuperResolutionNetwork
{
    private readonly CompactFlow? flow;
    private readonly Conv2d head;
    private readonly Sequential body;
    private readonly Conv2d up;
    private readonly Conv2d @out;
    private readonly DirectionBlend? blend;     // of two directions
    private FusedRecurrent? _fused;      // of a copy that only upscales

    /// <summary>Creates the network with fresh weights, drawn from torch's generator.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public RecurrentVsr(RecurrentOptions? options = null)
        : base(NetworkCatalog.Recurrent)
    {
        Options = options ?? new RecurrentOptions();
        Options.Validate();
        int channels = Options.Channels;
        flow = Options.UseFlow
            ? new CompactFlow(new() { Channels = Options.FlowChannels, Levels = Options.FlowLevels })
            : null;
        head = Convolutions.Conv(
            (3 * (2 + Options.LookAhead)) + channels + (Options.CarryOutput ? Details : 0), channels);
        body = nn.Sequential(Enumerable.Range(0, Options.Blocks)
            .Select(nn.Module<Tensor, Tensor> (_) => new ResidualBlock(channels)).ToArray());
        up = Convolutions.Conv(channels, channels);
        @out = Convolutions.Conv(channels, Details);
        nn.init.normal_(@out.weight, 0, 1e-3);
        nn.init.zeros_(@out.bias);
        blend = Options.TwoDirections ? new DirectionBlend(channels, Scale) : null;
        RegisterComponents();
    }

    /// <summary>The hyper-parameters.</summary>
    public RecurrentOptions Options { get; }

    /// <summary>The flow network inside; null when built without. It belongs to this network.</summary>
    public CompactFlow? Flow => flow;

    /// <inheritdoc/>
    public override int Scale => Options.Scale;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Settings => Options.ToSettings();

    /// <summary>Where the weights are.</summary>
    internal Device Device => head.weight.device;

    internal ScalarType WeightType => head.weight.dtype;

    /// <summary>Channels of an output picture folded onto the low-resolution grid.</summary>
    private int Details => 3 * Scale * Scale;

    /// <summary>Enlarges whole sequences, each from its first frame with an empty state.</summary>
    /// <param name="lr">float32 or float64 [N, T, 3, h, w], RGB, 0..1, any size.</param>
    /// <returns>
    /// Sr: [N, T, 3, S h, S w], neither clamped nor rounded. Photometric: the mean absolute difference of each frame to its
    /// warped previous and next neighbours, summed, a scalar that trains the flow; null without flow or for one frame.
    /// Both are differentiable when gradients are recorded, and belong to the caller.
    /// </returns>
    public (Tensor Sr, Tensor? Photometric) Unroll(Tensor lr) => UnrollOn(null, lr);

    /// <summary>A tape for sequences [N, T, 3, h, w].</summary>
    internal RecurrentTape CreateTape(Tensor lr, long pixelsOfChunk = RecurrentTape.PixelsOfChunk) =>
        new(this, lr.size(0) * lr.size(3) * lr.size(4) * (Options.TwoDirections ? 2 : 1), lr.size(1), pixelsOfChunk);

    /// <summary>The same; with a tape, what is made of Sr is to be differentiated by <see cref="RecurrentTape.Gradients"/>.</summary>
    internal (Tensor Sr, Tensor? Photometric) UnrollOn(RecurrentTape? tape, Tensor lr)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor sr, Tensor? photometric) = Options.TwoDirections ? UnrollBothWays(lr, tape) : UnrollOnwards(lr, tape);
        scope.MoveToOuter(sr);
        return (sr, photometric is null ? null : scope.MoveToOuter(photometric));
    }

    /// <inheritdoc/>
    public override IFrameUpscaler CreateUpscaler(InferenceOptions? options = null) => Options.TwoDirections
        ? new TwoDirectionUpscaler(this, options ?? new())
        : new RecurrentUpscaler(this, options ?? new());

    /// <summary>One frame: state and previous output of the frame before, aligned by the flow, to those of this one.</summary>
    /// <param name="current">[N, 3, h, w].</param>
    /// <param name="neighbours">[N, 3 (1 + look), h, w]: aligned neighbours minus the current frame.</param>
    /// <param name="state">The frame before's; empty at the first frame.</param>
    /// <param name="back">Flow to the frame before [N, 2, h, w], or null: nothing is warped.</param>
    /// <param name="enlarged">Bicubic enlargement of the current frame [N, 3, S h, S w]; null where no picture is carried and <see cref="Picture"/> makes it.</param>
    /// <param name="tape">Runs the convolutions when whole sequences are differentiated; null without.</param>
    internal RecurrentFrame Step(
        Tensor current, Tensor neighbours, RecurrentState state, Tensor? back, Tensor? enlarged, RecurrentTape? tape = null)
    {
        (Tensor? hidden, Tensor? motion) = Moved(state.Hidden, back);
        Tensor? previous = state.Previous;
        Tensor? detailMotion = back is not null && hidden is not null && previous is not null && MovesDetail(previous, enlarged, back) ? back : null;
        if (back is not null && hidden is not null && detailMotion is null)
        {
            previous = previous is null ? null
                : Options.WarpOutput ? Warp.Sample(previous, Resize.EnlargeBilinear(back, Scale), bicubic: true, flowScale: Scale)
                : Warp.Sample(previous, back);
        }

        Tensor? detail = previous is null ? null : Options.WarpOutput && detailMotion is null ? previous - enlarged! : previous;
        Tensor input = is_grad_enabled()
            ? JoinInput(current, neighbours, hidden, detail)
            : FillInput(current, neighbours, (hidden, motion), (detail, detailMotion), enlarged);
        (Tensor next, Tensor residual) = tape?.Run(input) ?? Cells(input);       // [N, C, h, w], [N, 3 S S, h, w]
        Tensor sr = Picture(current, enlarged, residual);
        Tensor? carried = !Options.CarryOutput ? null : Options.WarpOutput ? sr : residual.to(current.dtype);
        return new RecurrentFrame(new RecurrentState(next, carried), residual, sr);
    }

    /// <summary>The convolutions that each frame passes through.</summary>
    internal (Conv2d Head, ResidualBlock[] Blocks, Conv2d Up, Conv2d Out) Cell =>
        (head, [.. body.children().Cast<ResidualBlock>()], up, @out);

    private (Tensor Hidden, Tensor Residual) Cells(Tensor input)
    {
        Tensor hidden = Trunk(input);
        return (hidden, ResidualOf(hidden));
    }

    private Tensor Trunk(Tensor input) => _fused?.Trunk(input) ?? body.call(F.relu(Head(input), inplace: true));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _fused?.Dispose();
        }

        base.Dispose(disposing);
    }

    private static Tensor Frames(Tensor flat, Tensor like) => flat.unflatten(0, [like.size(0), flat.size(0) / like.size(0)]);

    /// <summary>Flows of frame i to its neighbours i - 1 [N, T-1, 2, h, w] and i + k [N, T-k, 2, h, w]; null where there is none.</summary>
    private Tensor?[] FlowsOf(Tensor lr, RecurrentTape? tape)
    {
        Tensor?[] flows = new Tensor?[1 + Options.LookAhead];
        long frames = lr.size(1);
        if (flow is null || frames == 1)
        {
            return flows;
        }

        Tensor padded = Frames(ForFlow(lr.flatten(0, 1)), lr);
        List<Tensor> from = [padded.narrow(1, 1, frames - 1).flatten(0, 1)];
        List<Tensor> to = [padded.narrow(1, 0, frames - 1).flatten(0, 1)];
        for (int k = 1; k <= Options.LookAhead && k < frames; k++)
        {
            from.Add(padded.narrow(1, 0, frames - k).flatten(0, 1));
            to.Add(padded.narrow(1, k, frames - k).flatten(0, 1));
        }

        Tensor finest = FlowBetween(cat(from, 0), cat(to, 0), lr.size(3), lr.size(4));
        finest = tape?.Cut(finest) ?? finest;
        long start = 0;
        for (int k = 0; k < from.Count; k++)
        {
            flows[k] = Frames(finest.narrow(0, start, from[k].size(0)), lr);
            start += from[k].size(0);
        }

        return flows;
    }

    /// <summary>Frames [N, 3, h, w] as the flow network takes them: padded to its multiple, and reduced.</summary>
    private Tensor ForFlow(Tensor frames)
    {
        Tensor padded = BorderPadding.ToMultiple(frames, flow!.SizeMultiple * Options.FlowReduction);
        return Options.FlowReduction == 1 ? padded : F.avg_pool2d(padded, Options.FlowReduction);
    }

    /// <summary>The flow [N, 2, h, w] in low-resolution pixels between frames that <see cref="ForFlow"/> prepared.</summary>
    private Tensor FlowBetween(Tensor from, Tensor to, long height, long width)
    {
        Tensor finest = flow!.forward(from, to)[^1];
        finest = Options.FlowReduction == 1 ? finest : Resize.EnlargeBilinear(finest, Options.FlowReduction).mul_(Options.FlowReduction);
        return BorderPadding.Crop(finest, height, width);
    }

    /// <summary>Aligned neighbour minus frame, for the frames that have it; null where no frame has.</summary>
    private Tensor?[] DifferencesOf(Tensor lr, Tensor?[] flows, RecurrentTape? tape)
    {
        long frames = lr.size(1);
        Tensor?[] differences = new Tensor?[flows.Length];
        for (int k = 0; k < flows.Length; k++)
        {
            long distance = Math.Max(k, 1);
            if (frames <= distance)
            {
                continue;
            }

            Tensor earlier = lr.narrow(1, 0, frames - distance);
            Tensor later = lr.narrow(1, distance, frames - distance);
            (Tensor frame, Tensor neighbour) = k == 0 ? (later, earlier) : (earlier, later);
            Tensor aligned = flows[k] is { } f
                ? Frames(Warp.Sample(neighbour.flatten(0, 1), f.flatten(0, 1)), lr)
                : neighbour;
            Tensor difference = aligned - frame;
            differences[k] = tape?.Cut(difference) ?? difference;
        }

        return differences;
    }

    /// <summary>Fills in zeros where a neighbour does not exist: the first frame has no previous one, the last ones no next.</summary>
    private static List<Tensor> PadMissing(Tensor lr, Tensor?[] differences)
    {
        List<Tensor> padded = [];
        for (int k = 0; k < differences.Length; k++)
        {
            long distance = Math.Min(Math.Max(k, 1), lr.size(1));
            Tensor missing = zeros_like(lr.narrow(1, 0, distance));
            padded.Add(differences[k] is not { } d ? missing : k == 0 ? cat([missing, d], 1) : cat([d, missing], 1));
        }

        return padded;
    }

    private static Tensor Photometric(Tensor?[] differences)
    {
        Tensor sum = differences[0]!.abs().mean();
        return differences.Length > 1 ? sum + differences[1]!.abs().mean() : sum;
    }
}
