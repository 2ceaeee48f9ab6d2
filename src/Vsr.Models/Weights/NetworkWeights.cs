using static TorchSharp.torch;

namespace Vsr.Models;

/// <summary>Saves networks as safetensors with architecture and settings in the metadata, and builds them back.</summary>
public static class NetworkWeights
{
    /// <summary>The metadata key of the architecture's name.</summary>
    public const string ArchitectureKey = "architecture";

    /// <summary>The metadata key of the factor S of a super-resolution network.</summary>
    public const string ScaleKey = "scale";

    /// <summary>What the metadata keys of settings start with.</summary>
    public const string SettingPrefix = "setting.";

    private const int KeysShown = 50;

    /// <summary>Builds the network that a file describes and loads its weights, converted to float32.</summary>
    /// <returns>The network on the CPU, in evaluation mode; the caller disposes it.</returns>
    /// <exception cref="WeightsException">The file is damaged, names no known network, or its keys do not fit it.</exception>
    /// <exception cref="CheckpointException">It is a PyTorch file that is damaged or holds what is not allowed.</exception>
    public static Network Load(string path) => Build(path, flowWeights: null);

    private static Network Build(string path, string? flowWeights)
    {
        using WeightsFile file = WeightsFile.Open(path);
        if (!file.Metadata.TryGetValue(ArchitectureKey, out string? architecture))
        {
            throw new WeightsException(path, $"the metadata has no '{ArchitectureKey}', so it is unknown for which network these weights are");
        }

        Network network = CreateNetwork(path, architecture, file.Metadata);
        try
        {
            Apply(file, network, flowWeights);
        }
        catch
        {
            network.Dispose();
            throw;
        }

        network.eval();
        return network;
    }

    /// <summary>Builds the super-resolution network that a file describes, as <see cref="Load"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="flowWeights">
    /// Weights of the flow network, safetensors or PyTorch's, which take the place of those in the file: they need not be in
    /// there, so that weights can be given away without a flow network of another licence. Null takes the file's.
    /// </param>
    /// <exception cref="WeightsException">As <see cref="Load"/>, or the file holds another kind of network, or one that takes no flow's weights.</exception>
    /// <exception cref="CheckpointException">As <see cref="Load"/>.</exception>
    public static SuperResolutionNetwork LoadSuperResolution(string path, string? flowWeights = null)
    {
        Network network = Build(path, flowWeights);
        if (network is SuperResolutionNetwork upscaling)
        {
            return upscaling;
        }

        network.Dispose();
        throw new WeightsException(path, $"holds a network '{network.Architecture}', which does not enlarge video");
    }

    /// <summary>Builds the flow network that a file describes, as <see cref="Load"/>: one of its own, or the one inside another network.</summary>
    /// <returns>The flow network on the CPU, in evaluation mode; the caller disposes it.</returns>
    /// <exception cref="WeightsException">As <see cref="Load"/>, or the file's network has no flow network.</exception>
    /// <exception cref="CheckpointException">As <see cref="Load"/>.</exception>
    public static FlowNetwork LoadFlow(string path)
    {
        Network network = Load(path);
        if (network is FlowNetwork own)
        {
            return own;
        }

        using Network whole = network;
        FlowNetwork inside = whole switch
        {
            RecurrentVsr { Flow: { } flow } => flow,
            VsrNet { Flow: { } flow } => flow,
            _ => throw new WeightsException(path, $"holds a network '{whole.Architecture}', which estimates no motion"),
        };
        FlowNetwork copy = (FlowNetwork)NetworkCatalog.Create(inside.Architecture, inside.Settings);
        copy.CopyWeightsFrom(inside);
        copy.eval();
        return copy;
    }

    /// <summary>Loads the weights of a safetensors or PyTorch file into a network that exists, whatever the metadata say; types are converted.</summary>
    /// <exception cref="WeightsException">The file is damaged, or keys are missing, unexpected or of another shape: all are listed.</exception>
    /// <exception cref="CheckpointException">It is a PyTorch file that is damaged or holds what is not allowed.</exception>
    public static void LoadInto(Network network, string path)
    {
        ArgumentNullException.ThrowIfNull(network);
        using WeightsFile file = WeightsFile.Open(path);
        Apply(file, network, flowWeights: null);
    }

    /// <summary>Whether a file's metadata name an architecture.</summary>
    /// <exception cref="WeightsException">The file is damaged.</exception>
    /// <exception cref="CheckpointException">It is a PyTorch file that is damaged or holds what is not allowed.</exception>
    internal static bool Describes(string path, string architecture)
    {
        using WeightsFile file = WeightsFile.Open(path);
        return file.Metadata.TryGetValue(ArchitectureKey, out string? named) && named == architecture;
    }

    /// <summary>Saves a network, atomically.</summary>
    /// <param name="network">Any device and precision.</param>
    /// <param name="path">The file; replaced when it exists.</param>
    /// <param name="type">The type that floating-point values are stored in; null keeps each tensor's.</param>
    /// <param name="metadata">More text to store, such as the training's settings; architecture, scale and settings are added.</param>
    /// <exception cref="WeightsException">The file cannot be written.</exception>
    public static void Save(
        Network network, string path, SafetensorsType? type = null, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        new SafetensorsFile(
            network.state_dict().Select(pair => SafetensorsEntry.FromTensor(pair.Key, pair.Value, type)),
            Describe(network, metadata)).Write(path);
    }

    /// <summary>The metadata that describe a network: architecture, scale and settings, with others added.</summary>
    public static IReadOnlyDictionary<string, string> Describe(
        Network network, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        Dictionary<string, string> all = new(metadata ?? new Dictionary<string, string>())
        {
            ["format"] = "pt",
            [ArchitectureKey] = network.Architecture,
        };
        if (network is SuperResolutionNetwork upscaling)
        {
            all[ScaleKey] = $"{upscaling.Scale}";
        }

        foreach ((string name, string value) in network.Settings)
        {
            all[SettingPrefix + name] = value;
        }

        return all;
    }

    /// <summary>The settings among a file's metadata, by their own names.</summary>
    internal static IReadOnlyDictionary<string, string> SettingsOf(IReadOnlyDictionary<string, string> metadata) => metadata
        .Where(pair => pair.Key.StartsWith(SettingPrefix, StringComparison.Ordinal))
        .ToDictionary(pair => pair.Key[SettingPrefix.Length..], pair => pair.Value);

    private static Network CreateNetwork(string path, string architecture, IReadOnlyDictionary<string, string> metadata)
    {
        try
        {
            return NetworkCatalog.Create(architecture, SettingsOf(metadata));
        }
        catch (ArgumentException failure)
        {
            throw new WeightsException(path, failure.Message, failure);
        }
    }

    private static void Apply(WeightsFile file, Network network, string? flowWeights)
    {
        FlowNetwork? flow = (network as VsrNet)?.Flow;
        if (flowWeights is not null && flow is null)
        {
            throw new WeightsException(file.Path, $"holds a network '{network.Architecture}' without a flow network, so it takes no weights of one")
            {
                Hint = "leave --flownet_path out",
            };
        }

        Dictionary<string, Tensor> state = network.state_dict();
        CheckKeys(file, state, network, given: flowWeights is null ? null : VsrNet.FlowPrefix);
        using IDisposable noGrad = no_grad();
        foreach (WeightsEntry entry in file.Entries)
        {
            using Tensor value = empty(entry.Shape.ToArray(), SafetensorsEntry.ToScalarType(entry.Type));
            file.CopyTo(entry.Name, value.numel() == 0 ? [] : value.bytes);
            state[entry.Name].copy_(value);
        }

        if (flowWeights is not null)
        {
            LoadInto(flow!, flowWeights);
        }
    }

    private static void CheckKeys(WeightsFile file, Dictionary<string, Tensor> state, Network network, string? given)
    {
        string[] missing = state.Keys
            .Where(name => file.Find(name) is null && !(given is not null && name.StartsWith(given, StringComparison.Ordinal))).ToArray();
        string[] unexpected = file.Entries.Select(entry => entry.Name).Where(name => !state.ContainsKey(name)).ToArray();
        string[] misshapen = file.Entries
            .Where(entry => state.TryGetValue(entry.Name, out Tensor? tensor) && !tensor.shape.SequenceEqual(entry.Shape))
            .Select(entry => $"{entry.Name} [{string.Join(", ", entry.Shape)}] for [{string.Join(", ", state[entry.Name].shape)}]")
            .ToArray();
        if (missing.Length + unexpected.Length + misshapen.Length == 0)
        {
            return;
        }

        string reason = $"does not fit the network '{network.Architecture}'{List("missing", missing)}{List("unexpected", unexpected)}{List("of another shape", misshapen)}";
        throw new WeightsException(file.Path, reason)
        {
            MissingKeys = missing,
            UnexpectedKeys = unexpected,
            MisshapenKeys = misshapen,
        };
    }

    // The message is one line; the exception has all keys.
    private static string List(string what, string[] keys) => keys.Length == 0 ? ""
        : $"; {what}: {string.Join(", ", keys.Take(KeysShown))}{(keys.Length > KeysShown ? $" and {keys.Length - KeysShown} more" : "")}";
}
