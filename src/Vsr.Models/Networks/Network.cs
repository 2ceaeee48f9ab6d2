using TorchSharp;
using TorchSharp.Modules;
using Vsr.Models.Blocks;
using Vsr.Torch;
using static TorchSharp.torch;

namespace Vsr.Models;

/// <summary>A network of the catalogue: a TorchSharp module that says which architecture it is and with which settings it was built.</summary>
/// <remarks>
/// Architecture and settings are stored beside the weights, so that a weights file alone rebuilds the network
/// (<see cref="NetworkWeights.Load"/>). The names of parameters and buffers are those of the reference's state dictionary.
/// A network is not thread-safe; it owns its parameters and is disposed by whoever created it.
/// </remarks>
public abstract class Network : nn.Module
{
    private protected Network(string architecture)
        : base(architecture)
    {
        Architecture = architecture;
        Warp = new Warp();
    }

    /// <summary>The architecture's name in <see cref="NetworkCatalog"/>, such as "recurrent".</summary>
    public string Architecture { get; }

    /// <summary>The hyper-parameters, by name, in invariant text: what <see cref="NetworkCatalog.Create"/> takes.</summary>
    public abstract IReadOnlyDictionary<string, string> Settings { get; }

    private protected Warp Warp { get; }

    /// <summary>Converts the convolutions' weights to a precision and batch normalization and its statistics to float32 (float64 when asked for).</summary>
    /// <param name="precision">Float32, BFloat16, Float16 or Float64.</param>
    /// <remarks>
    /// This is what mixed precision needs: the type of a convolution's weights decides in which type it is computed, while
    /// flow sums, warps, the skip and normalization statistics keep the type of the input frames. Parameters become new
    /// objects: build the optimizer afterwards.
    /// </remarks>
    public void SetPrecision(ScalarType precision)
    {
        ScalarType wide = precision == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        foreach (nn.Module module in modules())
        {
            if (module is Convolution)
            {
                module.to(precision);
            }
            else if (module is NormBase)
            {
                module.to(wide);
            }
        }
    }

    /// <summary>Lays the convolutions' weights out with the channels innermost (channels_last), which GPU kernels for bf16 read without a copy.</summary>
    /// <remarks>Values, names and the parameters' identity stay.</remarks>
    public void SetChannelsLast() => TensorLayout.SetChannelsLast(this);

    /// <summary>Copies parameters and buffers by name from a network of the same architecture and settings, converting type and device.</summary>
    /// <exception cref="ArgumentException">The networks' names or shapes differ.</exception>
    public void CopyWeightsFrom(Network source)
    {
        ArgumentNullException.ThrowIfNull(source);
        using IDisposable noGrad = no_grad();
        Dictionary<string, Tensor> from = source.state_dict();
        Dictionary<string, Tensor> to = state_dict();
        if (from.Count != to.Count || to.Keys.Any(name => !from.ContainsKey(name)))
        {
            throw new ArgumentException(
                $"cannot copy weights of '{source.Architecture}' into '{Architecture}': their settings differ", nameof(source));
        }

        foreach ((string name, Tensor tensor) in to)
        {
            tensor.copy_(from[name]);
        }
    }

    /// <summary>The number of learned values.</summary>
    /// <param name="trainableOnly">Leaves out frozen parameters, such as those of a given flow network.</param>
    public long CountParameters(bool trainableOnly = true) =>
        parameters().Where(parameter => !trainableOnly || parameter.requires_grad).Sum(parameter => parameter.numel());

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Warp.Dispose();
        }

        base.Dispose(disposing);
    }
}
