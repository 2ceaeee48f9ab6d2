using TorchSharp;
using TorchSharp.Modules;
using Vsr.Models;
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
        Parameters = trained.Select(Tensor (named) => named.Parameter).ToArray();
        IsMixed = bfloat16;
        Masters = Parameters.Select(p => IsMixed ? Like(p) : p.detach().DetachFromDisposeScope()).ToArray();
        Averages = Parameters.Select(Like).ToArray();
        for (int i = 0; i < Names.Count; i++)
        {
            Masters[i].copy_(full[Names[i]]);
            Averages[i].copy_(full[Names[i]]);
        }
    }

    public Network Network { get; }

    /// <summary>The names in the network's state dictionary, in the order of all lists.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The network's own parameters, float32 or bfloat16.</summary>
    public IReadOnlyList<Tensor> Parameters { get; }

    /// <summary>What the optimizer moves: float32.</summary>
    public IReadOnlyList<Tensor> Masters { get; }

    /// <summary>The exponential moving average of the masters: float32.</summary>
    public IReadOnlyList<Tensor> Averages { get; }

    /// <summary>Whether masters and parameters are different tensors.</summary>
    public bool IsMixed { get; }

    /// <summary>Gives the network the masters' values, rounded to its precision.</summary>
    public void Publish()
    {
        using DisposeScope scope = NewDisposeScope();
        for (int i = 0; IsMixed && i < Names.Count; i++)
        {
            Parameters[i].copy_(Masters[i]);
        }
    }

    /// <summary>Moves the averages towards the masters.</summary>
    /// <param name="weight">1 minus the decay: a float32 scalar on the device.</param>
    public void Average(Tensor weight)
    {
        using DisposeScope scope = NewDisposeScope();
        for (int i = 0; i < Names.Count; i++)
        {
            Averages[i].lerp_(Masters[i], weight);
        }
    }

    /// <summary>What else belongs to the network's state and is not trained: statistics of normalization, a frozen flow network.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> Untrained() =>
        Network.state_dict().Where(named => !Names.Contains(named.Key));

    /// <summary>The network is its creator's; only the lists made here are freed.</summary>
    public void Dispose()
    {
        foreach (Tensor tensor in IsMixed ? Masters.Concat(Averages) : Averages)
        {
            tensor.Dispose();
        }
    }

    private static Tensor Like(Tensor parameter) =>
        zeros_like(parameter, dtype: ScalarType.Float32, requires_grad: false).DetachFromDisposeScope();
}
