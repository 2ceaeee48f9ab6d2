using Vsr.Torch.Loading;
using static TorchSharp.torch;

namespace Vsr.Torch;

/// <summary>AdamW, or Adam, over a list of parameters: one kernel on a GPU, with learning rate and step count on the device.</summary>
/// <remarks>
/// A step never waits for the device and may be part of a CUDA graph: change the rate between replays with
/// <see cref="SetLearningRate"/>. Equal to PyTorch's AdamW(fused=True) and Adam(fused=True). Owns the moments, the rate and the count, not the
/// parameters. Not thread-safe.
/// </remarks>
public sealed class FusedAdamW : IDisposable
{
    private static readonly Tensor[] NoTensors = [];

    private readonly AdamWOptions _options;
    private readonly Tensor[] _steps;

    /// <summary>Makes an optimizer whose moments are zero.</summary>
    /// <param name="parameters">The tensors to train, all of one type and device.</param>
    /// <param name="options">The constants; null for the usual ones.</param>
    public FusedAdamW(IEnumerable<Tensor> parameters, AdamWOptions? options = null)
    {
        _options = options ?? new AdamWOptions();
        _options.Validate();
        Parameters = new TensorList(parameters);
        FirstMoments = Parameters.ZerosLike();
        SecondMoments = Parameters.ZerosLike();
        Device device = Parameters[0].device;
        LearningRate = zeros([], float32, device).DetachFromDisposeScope();
        StepCount = zeros([], float32, device).DetachFromDisposeScope();
        _steps = new Tensor[Parameters.Count];
        Array.Fill(_steps, StepCount);
    }

    /// <summary>The trained tensors.</summary>
    public TensorList Parameters { get; }

    /// <summary>The running means of the gradients; part of a checkpoint.</summary>
    public TensorList FirstMoments { get; }

    /// <summary>The running means of the squared gradients; part of a checkpoint.</summary>
    public TensorList SecondMoments { get; }

    /// <summary>The learning rate: float32 without dimensions, on the device. 0 until set.</summary>
    public Tensor LearningRate { get; }

    /// <summary>How many steps were made: float32 without dimensions, on the device; part of a checkpoint.</summary>
    public Tensor StepCount { get; }

    /// <summary>Queues a change of the learning rate, without waiting for the device.</summary>
    public void SetLearningRate(double value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        LearningRate.fill_(value);
    }

    /// <summary>Moves the parameters by one step.</summary>
    /// <param name="gradients">One a parameter, of its shape, type and strides. They stay as they are.</param>
    /// <param name="overflow">
    /// float32 without dimensions, on the device: where it is 1, nothing changes (<see cref="LossScale.Overflow"/>). Null for a step in
    /// any case.
    /// </param>
    public void Step(TensorList gradients, Tensor? overflow = null)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        if (gradients.Count != Parameters.Count)
        {
            throw new ArgumentException($"{gradients.Count} gradients for {Parameters.Count} parameters; give one each");
        }

        using IDisposable off = no_grad();
        StepCount.add_(1);
        if (!Dispatcher.IsAvailable)
        {
            LoadedLibTorch.Current.Bridge.NoteMissing("operators by name");
            AdamWReference.Step(this, gradients, _options, overflow);
            return;
        }

        Dispatcher.Run(
            _options.IsDecoupled ? "aten::_fused_adamw_" : "aten::_fused_adam_", "tensor_lr",
            DispatcherArgument.From(Parameters.Tensors),
            DispatcherArgument.From(gradients.Tensors),
            DispatcherArgument.From(FirstMoments.Tensors),
            DispatcherArgument.From(SecondMoments.Tensors),
            NoTensors,
            _steps,
            LearningRate,
            _options.Beta1,
            _options.Beta2,
            _options.WeightDecay,
            _options.Epsilon,
            false, // amsgrad
            false, // maximize
            DispatcherArgument.None, // grad_scale
            DispatcherArgument.Optional(overflow));
        if (overflow is not null)
        {
            StepCount.sub_(overflow);
        }
    }

    /// <summary>Frees the moments, the rate and the count.</summary>
    public void Dispose()
    {
        foreach (Tensor tensor in FirstMoments.Tensors.Concat(SecondMoments.Tensors))
        {
            tensor.Dispose();
        }

        LearningRate.Dispose();
        StepCount.Dispose();
    }
}
