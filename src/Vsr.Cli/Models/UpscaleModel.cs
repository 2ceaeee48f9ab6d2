using System.CommandLine;
using Vsr.Models;
using Vsr.Torch;
using Vsr.Upscaling;
using Vsr.Video;

namespace Vsr.Cli.Models;

/// <summary>Which weights vsr upscale takes: those that the command line names, else what fits the video and the device.</summary>
/// <param name="Asked">A shipped network that was asked for; null when none was.</param>
/// <param name="AskedBy">The option that did.</param>
/// <param name="Weights">A file that was given; null when none was.</param>
/// <param name="Scale">S, where it was given.</param>
internal sealed record UpscaleModel(ShippedModel? Asked, string AskedBy, string? Weights, int? Scale)
{
    private const string BestQuality = "best";
    private const int DefaultScale = 4;

    private static readonly Option<string?> Model = ModelOption.Create("by source and device, as docs/upscaling.md says");
    private static readonly Option<string?> Quality = new("--quality") { Description = "best: the same as --model best." };
    private static readonly Option<bool> Clean = new("--clean") { Description = "The same as --model full: the source shows nothing of compression, whatever its codec." };

    /// <summary>The options to add to the command.</summary>
    public static IReadOnlyList<Option> Options { get; } = [Model, Quality, Clean];

    /// <summary>Reads the options.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="weights">The value of --weights.</param>
    /// <param name="flowWeights">The value of --flownet_path.</param>
    /// <param name="scale">The value of --scale.</param>
    /// <exception cref="UsageException">A value does not exist, or two contradict each other.</exception>
    public static UpscaleModel Read(ParseResult parsed, string? weights, string? flowWeights, int? scale)
    {
        (string Option, ShippedModel Model)[] asked = [.. Named(parsed)];
        if (asked.Length == 0)
        {
            return new UpscaleModel(null, "", weights, scale);
        }

        (string option, ShippedModel model) = asked[0];
        foreach ((string other, ShippedModel otherModel) in asked[1..].Where(other => other.Model.Name != model.Name))
        {
            throw Contradiction(option, other, $"the one is {model.Name}, the other {otherModel.Name}");
        }

        return weights is not null ? throw Contradiction(option, $"--weights {weights}", "both name the network")
            : flowWeights is not null ? throw Contradiction(option, "--flownet_path", "it is for vsrnet's --weights")
            : scale is { } wanted && wanted != model.Scale
                ? throw Contradiction(option, $"--scale {wanted}", $"{model.Name} enlarges {model.Scale} times")
            : new UpscaleModel(model, option, weights, scale);
    }

    /// <summary>Fails early when a network that was asked for is not there, or none can be for the scale.</summary>
    /// <exception cref="VsrException">The message names those there are.</exception>
    public void RequireFile()
    {
        if (Asked is not null)
        {
            _ = ShippedModels.Require(Asked.Name);
        }
        else if (Weights is null && ShippedWeights.Find(architecture: null, Scale ?? DefaultScale) is null)
        {
            throw new VsrException($"there are no weights for scale {Scale ?? DefaultScale}")
            {
                Hint = ShippedWeights.List() is { Count: > 0 } shipped
                    ? "there are: " + string.Join(", ", shipped.Select(file => $"{Path.GetFileName(file.Path)} (scale {file.Scale})"))
                    : "none are shipped; train some with 'vsr train' and give them with --weights",
            };
        }
    }

    /// <summary>The weights' file, and a line that says which and why; after <see cref="RequireFile"/>.</summary>
    public (string Path, string Line) Locate(string input, int? stream, Backend backend)
    {
        if (Weights is not null)
        {
            return (Weights, $"weights {Path.GetFileName(Weights)}: --weights");
        }

        if (Asked is not null)
        {
            return (Asked.Path!, LineOf(new ModelChoice(Asked, AskedBy)));
        }

        int scale = Scale ?? DefaultScale;
        if (DefaultModel.Choose(VideoFile.Probe(input, stream).Video, backend.IsCuda, scale) is { } choice)
        {
            return (choice.Model.Path!, LineOf(choice));
        }

        string other = ShippedWeights.Find(architecture: null, scale)!;
        return (other, $"weights {Path.GetFileName(other)}: the first there are for scale {scale}");
    }

    private static string LineOf(ModelChoice choice) => $"model {choice.Model.Name} ({choice.Model.FileName}): {choice.Reason}";

    private static IEnumerable<(string Option, ShippedModel Model)> Named(ParseResult parsed)
    {
        if (parsed.GetValue(Model) is { } name)
        {
            yield return ($"--model {name}", ModelOption.Check(ModelOption.Name, name));
        }

        if (parsed.GetValue(Quality) is { } quality)
        {
            yield return quality == BestQuality
                ? ($"--quality {quality}", ShippedModels.Get(ShippedModels.Best))
                : throw new UsageException($"--quality '{quality}' is unknown; use {BestQuality} or leave it out");
        }

        if (parsed.GetValue(Clean))
        {
            yield return ("--clean", ShippedModels.Get(ShippedModels.Full));
        }
    }

    private static UsageException Contradiction(string option, string other, string why) =>
        new($"{option} and {other} contradict each other: {why}; leave one out");
}
