using TorchSharp;
using TorchSharp.Modules;
using Vsr.Models;
using Vsr.Torch;
using static TorchSharp.torch;

namespace Vsr.Training.Optimization;

/// <summary>A network's trainable parameters as flat lists: as the network computes with them, as float32 masters, and averaged.</summary>
/// <remarks>
/// With a precision of bfloat16 the network's convolutions hold bfloat16 weights with the channels innermost, and the optimizer
/// moves float32 masters of the same layout, which are copied into the network after every step: small updates are not lost to
/// rounding. With float32 the masters are the network's own tensors.
/// </remarks>
internal sealed class TrainedParameters : IDisposable
{
    private const double GradientLimit = 1;

    private readonly Tensor[] _parameters;

    /// <summary>Moves the network to the device and converts it; its parameters become new objects.</summary>
    public TrainedParameters(Network network, Device device, bool bfloat16)
    {
        Network = network;
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        network.to(device);
        Dictionary<string, Tensor> full = network.named_parameters()
            .ToDictionary(named => named.name, named => named.parameter.detach().clone());
        if (bfloat16)
        {
            network.SetPrecision(ScalarType.BFloat16);
            network.SetChannelsLast();
        }

        (string Name, Parameter Parameter)[] trained =
            network.named_parameters().Where(named => named.parameter.requires_grad).ToArray();
        Names = trained.Select(named => named.Name).ToArray();
        _parameters = trained.Select(Tensor (named) => named.Parameter).ToArray();
        IsMixed = bfloat16;
        Parameters = new TensorList(_parameters);
        TensorList initial = new(Names.Select(name => full[name]));
        Masters = IsMixed
            ? Parameters.ZerosLike(ScalarType.Float32)
            : new TensorList(_parameters.Select(parameter => parameter.detach().DetachFromDisposeScope()));
        Averages = Parameters.ZerosLike(ScalarType.Float32);
        Gradients = Parameters.ZerosLike(ScalarType.Float32);
        Masters.Copy(initial);
        Averages.Copy(initial);
    }

    public Network Network { get; }

    /// <summary>The names in the network's state dictionary, in the order of all lists.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The network's own parameters, float32 or bfloat16.</summary>
    public TensorList Parameters { get; }

    /// <summary>What the optimizer moves: float32.</summary>
    public TensorList Masters { get; }

    /// <summary>The exponential moving average of the masters: float32.</summary>
    public TensorList Averages { get; }

    /// <summary>The last step's gradients, clipped: float32.</summary>
    public TensorList Gradients { get; }

    /// <summary>Whether masters and parameters are different tensors.</summary>
    public bool IsMixed { get; }

    /// <summary>Everything that a step changes: masters, averages, and statistics of normalization.</summary>
    public IEnumerable<Tensor> State => Masters.Tensors.Concat(Averages.Tensors).Concat(Untrained().Select(named => named.Value));

    /// <summary>Differentiates a loss and clips the gradients to a length of 1, all taken as one vector.</summary>
    public void Differentiate(Tensor loss)
    {
        using DisposeScope scope = NewDisposeScope();
        IList<Tensor?> found = autograd.grad([loss], _parameters, allow_unused: true)!;
        Gradients.Copy(new TensorList(found.Select((gradient, i) => gradient is { IsInvalid: false } ? gradient : zeros_like(_parameters[i]))));
        Gradients.ClipGlobalNorm(GradientLimit);
    }

    /// <summary>Gives the network the masters' values, rounded to its precision.</summary>
    public void Publish()
    {
        if (IsMixed)
        {
            Parameters.Copy(Masters);
        }
    }

    /// <summary>Moves the averages towards the masters.</summary>
    /// <param name="weight">1 minus the decay: a float32 scalar on the device.</param>
    public void Average(Tensor weight) => Averages.Lerp(Masters, weight);

    /// <summary>What else belongs to the network's state and is not trained: statistics of normalization, a frozen flow network.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> Untrained() =>
        Network.state_dict().Where(named => !Names.Contains(named.Key));

    /// <summary>The network is its creator's; only the lists made here are freed.</summary>
    public void Dispose()
    {
        foreach (Tensor tensor in Masters.Tensors.Concat(Averages.Tensors).Concat(Gradients.Tensors))
        {
            tensor.Dispose();
        }
    }
}
