using TorchSharp;
using TorchSharp.Modules;
using Vsr.Models.Blocks;
using Vsr.Torch;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vsr.Models;

/// <summary>
/// Differentiates <see cref="RecurrentVsr"/> over a sequence with the gradients of its convolutions' weights computed for many frames at once.
/// </summary>
/// <remarks>
/// <para>
/// The convolutions from a frame's input to its state and residual run without automatic differentiation; what they take lies frame after
/// frame in one tensor a layer. State and residual go on as leaves of the graph, as do flows and aligned neighbours, so that every part of
/// the graph is passed backwards once: from the loss to the leaves, then from the last frame to the first. The gradients of what the
/// convolutions give lie frame after frame too, and one convolution over all of them gives a weight's gradient: larger kernels, and no sums of
/// small tensors.
/// </para>
/// <para>
/// For one sequence: make it, <see cref="RecurrentVsr.UnrollOn"/>, <see cref="Gradients"/> once, dispose it. The gradients are those of
/// automatic differentiation but for rounding, of which there is less.
/// </para>
/// </remarks>
internal sealed class RecurrentTape : IDisposable
{
    /// <summary>
    /// Pixels whose gradients are kept before they go into those of the weights: 80 pictures of 64 x 64. On an H200 a weight's gradient takes 44
    /// microseconds for 16 such pictures and 270 for 160; the number lies between, for the sake of memory.
    /// </summary>
    public const long PixelsOfChunk = 80 * 64 * 64;

    private const int Padding = 1;
    private static readonly long[] Ones = [1, 1];
    private static readonly CellLayer Head = new(CellLayerKind.Head);
    private static readonly CellLayer Up = new(CellLayerKind.Up);
    private static readonly CellLayer Out = new(CellLayerKind.Out);

    private readonly Conv2d _head;
    private readonly ResidualBlock[] _blocks;
    private readonly Conv2d _up;
    private readonly Conv2d _out;
    private readonly int _chunk;
    private readonly List<Step> _steps = [];
    private readonly List<(Tensor Graph, Tensor Leaf)> _cuts = [];
    private readonly LayerTensors _inputs;          // of the layers
    private readonly LayerTensors _gradients;       // of what the layers give

    /// <param name="network">Whose weights are differentiated; its precision and device stay meanwhile.</param>
    /// <param name="pixels">Of a frame of all sequences side by side; twice as many where they run both ways.</param>
    /// <param name="frames">Of a sequence.</param>
    /// <param name="pixelsOfChunk">Another number than <see cref="PixelsOfChunk"/>, for tests.</param>
    public RecurrentTape(RecurrentVsr network, long pixels, long frames, long pixelsOfChunk = PixelsOfChunk)
    {
        (_head, _blocks, _up, _out) = network.Cell;
        int chunks = (int)Math.Clamp(Math.Round((double)pixels * frames / pixelsOfChunk), 1, frames);
        _chunk = (int)((frames + chunks - 1) / chunks);
        _inputs = new LayerTensors(_chunk, (int)frames);
        _gradients = new LayerTensors(_chunk, (int)frames);
    }

    /// <summary>Frames whose gradients go into those of the weights together.</summary>
    internal int FramesOfChunk => _chunk;

    /// <summary>Whether it pays: half precision on a GPU, with kernels of our own and operators by name.</summary>
    public static bool IsFasterFor(RecurrentVsr network) =>
        IsMadeFor(network) && Dispatcher.IsAvailable && HalfArithmetic.IsFastOn(network.Device);

    /// <summary>Why it does not pay where it should; null where it does, or never would.</summary>
    public static string? SlowFor(RecurrentVsr network) => !IsMadeFor(network) ? null
        : !Dispatcher.IsAvailable ? "the loaded libtorch cannot call operators by name"
        : HalfArithmetic.ProblemOn(network.Device);

    private static bool IsMadeFor(RecurrentVsr network) =>
        network.Device.type == DeviceType.CUDA && network.WeightType is ScalarType.BFloat16 or ScalarType.Float16;

    /// <summary>Goes on with a leaf in place of a tensor, so that what made the tensor is passed backwards once, at the end.</summary>
    public Tensor Cut(Tensor graph)
    {
        if (!graph.requires_grad)
        {
            return graph;
        }

        Tensor leaf = graph.detach().requires_grad_();
        _cuts.Add((graph.DetachFromDisposeScope(), leaf.DetachFromDisposeScope()));
        return leaf;
    }

    /// <summary>The next frame: from the input of the first convolution [N, ., h, w], channels innermost, to state and residual.</summary>
    /// <returns>Leaves, which are the tape's.</returns>
    public (Tensor Hidden, Tensor Residual) Run(Tensor input)
    {
        int t = _steps.Count;
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor x = _inputs.Place(Head, t, input);
        x.copy_(input);
        Tensor state = ActiveInto(x, _head, First(0), t);
        for (int i = 0; i < _blocks.Length; i++)
        {
            Tensor active = ActiveInto(state, _blocks[i].First, Second(i), t);
            Tensor change = Convolve(active, _blocks[i].Second);
            Tensor next = _inputs.Place(i + 1 < _blocks.Length ? First(i + 1) : Up, t, change);
            HalfArithmetic.Sum(change, state, next);
            state = next;
        }

        Tensor wide = ActiveInto(state, _up, Out, t);
        Tensor residual = Convolve(wide, _out).requires_grad_();
        Tensor hidden = state.clone().requires_grad_();     // not a view: what the graph keeps must not change later
        _steps.Add(new Step(input.DetachFromDisposeScope(), hidden.DetachFromDisposeScope(), residual.DetachFromDisposeScope()));
        return (hidden, residual);
    }

    /// <summary>The gradients of a loss of what was made of the leaves.</summary>
    /// <param name="loss">A scalar.</param>
    /// <param name="parameters">The network's.</param>
    /// <returns>One a parameter, of the present dispose scope; null where the loss does not depend on it.</returns>
    public IList<Tensor?> Gradients(Tensor loss, IReadOnlyList<Tensor> parameters)
    {
        using DisposeScope scope = NewDisposeScope();
        Dictionary<Tensor, CellLayer> own = OwnParameters();
        (Tensor Parameter, CellLayer Layer)[] trained =
            [.. parameters.Where(own.ContainsKey).Select(parameter => (parameter, own[parameter]))];
        Tensor[] others = [.. parameters.Where(parameter => !own.ContainsKey(parameter))];
        Tensor[] cuts = [.. _cuts.Select(cut => cut.Leaf)];
        Dictionary<Tensor, Tensor> found = new(ReferenceEqualityComparer.Instance);      // tensors compare their values
        Differentiate(loss, null, [.. _steps.SelectMany(step => (Tensor[])[step.Hidden, step.Residual]), .. cuts, .. others], found);
        for (int t = _steps.Count - 1; t >= 0; t--)
        {
            Step step = _steps[t];
            using Tensor? atState = Taken(step.Hidden);
            using Tensor? atResidual = Taken(step.Residual);
            using Tensor gradient = PassBackwards(t, atState, atResidual);
            if (step.Input.requires_grad)
            {
                Tensor[] before = t == 0 ? [] : [_steps[t - 1].Hidden, _steps[t - 1].Residual];
                Differentiate(step.Input, gradient, [.. before, .. cuts], found);
            }

            if (t % _chunk == 0)
            {
                AddChunkOf(t, trained, found);
            }

            Free(t + 1);        // this frame's were leaves of the one after
        }

        Free(0);
        for (int i = _cuts.Count - 1; i >= 0; i--)
        {
            using Tensor? gradient = Taken(_cuts[i].Leaf);
            if (gradient is not null)
            {
                Differentiate(_cuts[i].Graph, gradient, [.. cuts.Take(i), .. others], found);
            }
        }

        Tensor?[] result = [.. parameters.Select(parameter => found.GetValueOrDefault(parameter))];
        scope.MoveToOuter(result.OfType<Tensor>());
        return result;

        Tensor? Taken(Tensor leaf) => found.Remove(leaf, out Tensor? gradient) ? gradient : null;
    }

    public void Dispose()
    {
        for (int t = 0; t < _steps.Count; t++)
        {
            Free(t);
        }

        foreach (Tensor tensor in _cuts.SelectMany(cut => (Tensor[])[cut.Graph, cut.Leaf]))
        {
            tensor.Dispose();
        }

        _steps.Clear();
        _cuts.Clear();
        _inputs.Dispose();
        _gradients.Dispose();
    }

    /// <summary>Frees what a frame's step keeps; again is nothing.</summary>
    private void Free(int t)
    {
        if (t < _steps.Count)
        {
            _steps[t].Input.Dispose();
            _steps[t].Hidden.Dispose();
            _steps[t].Residual.Dispose();
        }
    }

    private static CellLayer First(int block) => new(CellLayerKind.First, block);

    private static CellLayer Second(int block) => new(CellLayerKind.Second, block);

    /// <summary>Adds the gradients at leaves to those that were found before.</summary>
    /// <remarks>
    /// What the graph keeps is freed. An output that is part of the loss and of the next frame's input is passed twice on the way from a picture
    /// to its residual, which is sums and reordering: nothing is kept for these.
    /// </remarks>
    private static void Differentiate(Tensor output, Tensor? gradient, Tensor[] leaves, Dictionary<Tensor, Tensor> found)
    {
        IList<Tensor?> gradients = autograd.grad([output], leaves, gradient is null ? null : [gradient], allow_unused: true)!;
        for (int i = 0; i < leaves.Length; i++)
        {
            if (gradients[i] is { IsInvalid: false } of)
            {
                Add(leaves[i], of, found);
            }
        }
    }

    private static void Add(Tensor leaf, Tensor gradient, Dictionary<Tensor, Tensor> found)
    {
        if (!found.TryGetValue(leaf, out Tensor? before))
        {
            found[leaf] = gradient;
            return;
        }

        found[leaf] = before.add(gradient);
        before.Dispose();
        gradient.Dispose();
    }

    /// <summary>From the gradients at a frame's state and residual to that at its input; those on the way are kept.</summary>
    private Tensor PassBackwards(int t, Tensor? atState, Tensor? atResidual)
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor atOut = _gradients.Place(Out, t, _steps[t].Residual);
        if (atResidual is null)
        {
            atOut.zero_();
        }
        else
        {
            atOut.copy_(atResidual);
        }

        Tensor atUp = BehindRelu(atOut, _out, Out, Up, t);
        Tensor gradient = ConvolutionGradients.OfInput(atUp, _inputs.At(Up, t), _up.weight, Padding);
        for (int i = _blocks.Length - 1; i >= 0; i--)
        {
            Tensor sum = _gradients.Place(Second(i), t, gradient);
            Sum(gradient, atState, sum);
            Tensor inside = BehindRelu(sum, _blocks[i].Second, Second(i), First(i), t);
            gradient = ConvolutionGradients.OfInput(inside, _inputs.At(First(i), t), _blocks[i].First.weight, Padding);
            atState = sum;
        }

        Tensor atTrunk = empty_like(gradient);
        Sum(gradient, atState, atTrunk);
        Tensor atHead = _gradients.Place(Head, t, atTrunk);
        HalfArithmetic.Mask(atTrunk, _inputs.At(First(0), t), atHead);
        return scope.MoveToOuter(ConvolutionGradients.OfInput(atHead, _inputs.At(Head, t), _head.weight, Padding));

        static void Sum(Tensor a, Tensor? b, Tensor target)
        {
            if (b is null)
            {
                target.copy_(a);
            }
            else
            {
                HalfArithmetic.Sum(a, b, target);
            }
        }
    }

    /// <summary>From the gradient of what a layer gives to that of what the layer before gives, with a relu between them; put in its place.</summary>
    private Tensor BehindRelu(Tensor gradient, Conv2d layer, CellLayer key, CellLayer before, int t)
    {
        Tensor input = _inputs.At(key, t);
        Tensor atInput = ConvolutionGradients.OfInput(gradient, input, layer.weight, Padding);
        Tensor target = _gradients.Place(before, t, atInput);
        HalfArithmetic.Mask(atInput, input, target);
        return target;
    }

    /// <summary>Adds what the frames of a chunk, which have all been passed, give to the gradients of the weights, and frees them.</summary>
    private void AddChunkOf(int t, (Tensor Parameter, CellLayer Layer)[] trained, Dictionary<Tensor, Tensor> found)
    {
        using IDisposable noGrad = no_grad();
        foreach ((Tensor parameter, CellLayer layer) in trained)
        {
            Tensor gradients = _gradients.ChunkOf(layer, t);
            using Tensor gradient = parameter.dim() == 1
                ? gradients.sum([0, 2, 3], type: ScalarType.Float32)
                : ConvolutionGradients.OfWeight(gradients, _inputs.ChunkOf(layer, t), parameter, Padding);
            Add(parameter, gradient.dtype == ScalarType.Float32 ? gradient.alias() : gradient.to(ScalarType.Float32), found);
        }

        _gradients.DropChunkOf(t);
        _inputs.DropChunkOf(t);
    }

    /// <summary>relu of a convolution, in its place as the next layer's input.</summary>
    private Tensor ActiveInto(Tensor input, Conv2d layer, CellLayer next, int t)
    {
        if (layer.bias is { } bias && input.device_type == DeviceType.CUDA && input.dtype == ScalarType.BFloat16)
        {
            // bias and relu inside the convolution save more than the copy costs. Not in float16, whose overflows must be seen: cuDNN's relu may drop them
            Tensor active = ActiveConvolution.Run(input, layer.weight, bias, Ones);
            return _inputs.Place(next, t, active).copy_(active);
        }

        Tensor convolved = Convolve(input, layer);
        Tensor target = _inputs.Place(next, t, convolved);
        HalfArithmetic.Relu(convolved, target);
        return target;
    }

    private static Tensor Convolve(Tensor input, Conv2d layer) => F.conv2d(input, layer.weight, layer.bias, padding: Ones);

    private Dictionary<Tensor, CellLayer> OwnParameters()
    {
        Dictionary<Tensor, CellLayer> own = new(ReferenceEqualityComparer.Instance);
        Note(_head, Head);
        Note(_up, Up);
        Note(_out, Out);
        for (int i = 0; i < _blocks.Length; i++)
        {
            Note(_blocks[i].First, First(i));
            Note(_blocks[i].Second, Second(i));
        }

        return own;

        void Note(Conv2d layer, CellLayer key)
        {
            own[layer.weight] = key;
            if (layer.bias is { } bias)
            {
                own[bias] = key;
            }
        }
    }

    private readonly record struct Step(Tensor Input, Tensor Hidden, Tensor Residual);
}
