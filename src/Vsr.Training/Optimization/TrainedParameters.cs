using TorchSharp;
using TorchSharp.Modules;
using Vsr.Models;
using Vsr.Torch;
using static TorchSharp.torch;

namespace Vsr.Training.Optimization;

/// <summary>A network's trainable parameters as flat lists: as the network computes with them, as float32 masters, and averaged.</summary>
/// <remarks>
/// With a precision of bfloat16 or float16 the network's convolutions hold such weights with the channels innermost, and the optimizer
/// moves float32 masters of the same layout, which are copied into the network after every step: small updates are not lost to
/// rounding. With float32 the masters are the network's own tensors. Frozen weights that are rounded in the network are kept in
/// float32 on the CPU, so that checkpoints and weights hold them as they were given.
/// </remarks>
internal sealed class TrainedParameters : IDisposable
{
    private readonly Tensor[] _parameters;
    private readonly Dictionary<string, Tensor> _frozen = [];     // float32, on the CPU; only with mixed precision

    /// <summary>Moves the network to the device and converts it; its parameters become new objects.</summary>
    /// <param name="network">Stays its creator's.</param>
    /// <param name="device">Where to train.</param>
    /// <param name="precision">Float32, BFloat16 or Float16.</param>
    public TrainedParameters(Network network, Device device, ScalarType precision)
    {
        Network = network;
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        network.to(device);
        Dictionary<string, Tensor> full = network.named_parameters()
            .ToDictionary(named => named.name, named => named.parameter.detach().clone());
        Precision = precision;
        if (IsMixed)
        {
            network.SetPrecision(precision);
            network.SetChannelsLast();
            foreach ((string name, Parameter parameter) in network.named_parameters())
            {
                if (!parameter.requires_grad && parameter.dtype == precision)
                {
                    _frozen[name] = full[name].cpu().DetachFromDisposeScope();
                }
            }
        }

        (string Name, Parameter Parameter)[] trained =
            network.named_parameters().Where(named => named.parameter.requires_grad).ToArray();
        Names = trained.Select(named => named.Name).ToArray();
        _parameters = trained.Select(Tensor (named) => named.Parameter).ToArray();
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

    /// <summary>The last step's gradients: float32.</summary>
    public TensorList Gradients { get; }

    /// <summary>The type of the convolutions' weights.</summary>
    public ScalarType Precision { get; }

    /// <summary>Whether masters and parameters are different tensors.</summary>
    public bool IsMixed => Precision != ScalarType.Float32;

    /// <summary>Everything that a step changes: masters, averages, and statistics of normalization.</summary>
    public IEnumerable<Tensor> State =>
        Masters.Tensors.Concat(Averages.Tensors).Concat(Statistics());

    /// <summary>Differentiates a loss; the gradients are then in <see cref="Gradients"/>.</summary>
    /// <param name="loss">A scalar.</param>
    /// <param name="tape">What knows how the loss came about; null for automatic differentiation.</param>
    public void Differentiate(Tensor loss, RecurrentTape? tape = null)
    {
        using DisposeScope scope = NewDisposeScope();
        IList<Tensor?> found = tape?.Gradients(loss, _parameters) ?? autograd.grad([loss], _parameters, allow_unused: true)!;
        Tensor[] gradients = [.. found.Select((gradient, i) => gradient is { IsInvalid: false } ? gradient : zeros_like(_parameters[i]))];
        foreach (IGrouping<ScalarType, int> alike in Enumerable.Range(0, gradients.Length).GroupBy(i => gradients[i].dtype))
        {
            // tensors of one type are copied by one kernel
            new TensorList(alike.Select(i => Gradients[i])).Copy(new TensorList(alike.Select(i => gradients[i])));
        }
    }

    /// <summary>Gives the network the masters' values, rounded to its precision.</summary>
    public void Publish()
    {
        if (IsMixed)
        {
            Parameters.Copy(Masters);
        }
    }

    /// <summary>Gives the network the frozen weights, rounded to its precision; after loading others.</summary>
    public void PublishFrozen()
    {
        using IDisposable noGrad = no_grad();
        foreach ((string name, Parameter parameter) in Network.named_parameters())
        {
            if (_frozen.TryGetValue(name, out Tensor? value))
            {
                parameter.copy_(value);
            }
        }
    }

    /// <summary>Moves the averages towards the masters.</summary>
    /// <param name="weight">1 minus the decay: a float32 scalar on the device.</param>
    public void Average(Tensor weight) => Averages.Lerp(Masters, weight);

    /// <summary>What else belongs to the network's state and is not trained: statistics of normalization, a frozen flow network.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> Untrained() =>
        Network.state_dict().Where(named => !Names.Contains(named.Key))
            .Select(named => KeyValuePair.Create(named.Key, _frozen.GetValueOrDefault(named.Key, named.Value)));

    /// <summary>The network is its creator's; only the lists made here are freed.</summary>
    public void Dispose()
    {
        foreach (Tensor tensor in Masters.Tensors.Concat(Averages.Tensors).Concat(Gradients.Tensors).Concat(_frozen.Values))
        {
            tensor.Dispose();
        }
    }

    private IEnumerable<Tensor> Statistics()
    {
        HashSet<string> parameters = [.. Network.named_parameters().Select(named => named.name)];
        return Network.state_dict().Where(named => !parameters.Contains(named.Key)).Select(named => named.Value);
    }
}
