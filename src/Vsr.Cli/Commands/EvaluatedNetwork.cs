using TorchSharp;
using Vsr.Models;
using Vsr.Training.Evaluation;
using static TorchSharp.torch;

namespace Vsr.Cli.Commands;

/// <summary>Which network to score: named, by its weights, the one shipped, or mere enlargement.</summary>
/// <param name="Name">The architecture or "bicubic"; null takes that of the weights.</param>
/// <param name="Weights">The weights' file; null takes the shipped ones.</param>
/// <param name="Scale">S; null takes that of the weights, 4 without.</param>
/// <param name="Precision">"fp32" or "bf16".</param>
/// <param name="FlowWeights">Weights for the flow network inside; null takes those of <paramref name="Weights"/>.</param>
/// <param name="Model">A shipped network by its name in the catalogue; null takes <see cref="ShippedModels.Full"/>.</param>
/// <param name="ResetState">Its state is to be reset, which it must have.</param>
internal sealed record EvaluatedNetwork(
    string? Name, string? Weights, int? Scale, string Precision, string? FlowWeights = null, ShippedModel? Model = null, bool ResetState = false)
{
    private const int DefaultScale = 4;

    private static readonly string[] Names = [NetworkCatalog.Recurrent, NetworkCatalog.VsrNet, BicubicUpscaler.Name];

    /// <summary>Checks what the command line alone shows.</summary>
    /// <exception cref="ArgumentException">A value that does not exist, or two that exclude each other.</exception>
    public void Validate()
    {
        if (Name is not null && !Names.Contains(Name))
        {
            throw new ArgumentException($"--network '{Name}' cannot be evaluated; there are {string.Join(", ", Names)}, {NetworkCatalog.Flow}");
        }

        if (Name == BicubicUpscaler.Name && Weights is not null)
        {
            throw new ArgumentException("--network bicubic takes no weights; leave out one of the two");
        }

        if (Model is not null && (Weights is not null || FlowWeights is not null || Name == BicubicUpscaler.Name))
        {
            string other = Weights is not null ? "--weights" : FlowWeights is not null ? "--flownet_path" : "--network bicubic";
            throw new ArgumentException($"--model {Model.Name} and {other} contradict each other; leave one out");
        }

        if (ResetState && Name is not (null or NetworkCatalog.Recurrent))
        {
            throw new ArgumentException($"--reset-state is for recurrent networks; {Name} keeps no state, leave it out");
        }

        if (Model is not null && Scale is { } scale && scale != Model.Scale)
        {
            throw new ArgumentException($"--model {Model.Name} enlarges {Model.Scale} times, not {scale}; leave --scale out");
        }

        if (FlowWeights is not null && Name is not (null or NetworkCatalog.VsrNet))
        {
            throw new ArgumentException($"--flownet_path is for vsrnet; leave it out for {Name}");
        }

        if (Scale is < 2 or > 4)
        {
            throw new ArgumentException($"--scale {Scale} is outside 2 to 4");
        }

        if (Precision is not ("fp32" or "bf16"))
        {
            throw new ArgumentException($"--precision '{Precision}' is unknown; use fp32 or bf16");
        }
    }

    /// <summary>The same with the shipped weights filled in where none were given: always those for clean video, frame by frame.</summary>
    /// <exception cref="VsrException">None are shipped that fit, or they are not there.</exception>
    public EvaluatedNetwork Locate()
    {
        if (Weights is not null || Name == BicubicUpscaler.Name)
        {
            return this;
        }

        int scale = Scale ?? DefaultScale;
        string? clean = Model?.Name ?? (Name is not null ? null : scale switch
        {
            DefaultScale => ShippedModels.Full,
            2 => ShippedModels.X2,
            _ => null,
        });
        string? shipped = clean is not null ? ShippedModels.Require(clean).Path : ShippedWeights.Find(Name, scale);
        return shipped is not null
            ? this with { Weights = shipped }
            : throw new VsrException($"no weights are shipped for {(Name is null ? "" : $"network {Name} at ")}scale {scale}")
            {
                Hint = "give a file with --weights, or --network bicubic for bicubic's figures alone",
            };
    }

    /// <summary>Loads the network to the device.</summary>
    /// <param name="device">Where it works.</param>
    /// <param name="cancellation">Ends a call of the upscaler between two frames.</param>
    /// <exception cref="VsrException">The weights cannot be read or are another network's.</exception>
    public IFrameUpscaler Create(Device device, CancellationToken cancellation)
    {
        if (Weights is null)
        {
            return new BicubicUpscaler(Scale ?? DefaultScale);
        }

        using SuperResolutionNetwork network = NetworkWeights.LoadSuperResolution(Weights, FlowWeights);
        if (Name is not null && Name != network.Architecture)
        {
            throw new VsrException($"{Weights} holds weights of '{network.Architecture}', not of '{Name}'; leave --network out");
        }

        if (Scale is { } scale && scale != network.Scale)
        {
            throw new VsrException($"{Weights} enlarges {network.Scale} times, not {scale}; leave --scale out");
        }

        if (ResetState && network is not RecurrentVsr)
        {
            throw new VsrException($"{Weights} holds a '{network.Architecture}' network, which keeps no state; leave --reset-state out");
        }

        network.to(device);
        return network.CreateUpscaler(new InferenceOptions
        {
            Precision = Precision == "bf16" ? InferencePrecision.Bf16 : InferencePrecision.Fp32,
            Cancellation = cancellation,
        });
    }

    /// <summary>What is scored, for the table's title.</summary>
    public string Describe() => Weights is null
        ? BicubicUpscaler.Name
        : Path.GetFileName(Weights) + (ResetState ? ", its state reset at every frame," : "");
}
