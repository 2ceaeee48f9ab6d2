using TorchSharp;
using Vsr.Models;
using Vsr.Torch;
using Vsr.Training.Optimization;
using static TorchSharp.torch;

namespace Vsr.Training.Checkpoints;

/// <summary>A checkpoint's tensors: one safetensors file each for weights, averaged weights and the optimizer's two moments.</summary>
/// <remarks>
/// weights.safetensors holds the float32 masters under the names of the state dictionary, and with them what is not trained
/// (statistics of normalization, a frozen flow network). All are float32 and come back bit for bit.
/// </remarks>
internal static class Checkpoint
{
    private const string WeightsFile = "weights.safetensors";
    private const string AveragesFile = "ema.safetensors";
    private const string MeansFile = "adam_mean.safetensors";
    private const string SquaresFile = "adam_square.safetensors";

    /// <summary>The file of a checkpoint's weights.</summary>
    public static string WeightsOf(string folder) => Path.Combine(folder, WeightsFile);

    /// <summary>Writes the tensor files into a folder, each flushed to the disk.</summary>
    public static void Write(string folder, TrainedParameters parameters, Optimizer optimizer)
    {
        Save(WeightsFile, parameters.Masters, parameters.Untrained());
        Save(AveragesFile, parameters.Averages, []);
        Save(MeansFile, optimizer.Means, []);
        Save(SquaresFile, optimizer.Squares, []);

        void Save(string file, TensorList tensors, IEnumerable<KeyValuePair<string, Tensor>> others) =>
            new SafetensorsFile(
                Named(parameters.Names, tensors).Concat(others).Select(pair => SafetensorsEntry.FromTensor(pair.Key, pair.Value)),
                NetworkWeights.Describe(parameters.Network)).Write(Path.Combine(folder, file));
    }

    /// <summary>Puts a folder's tensors back in place.</summary>
    /// <exception cref="CheckpointException">A file is missing or damaged, or its keys do not fit the network: they are listed.</exception>
    public static void Read(string folder, TrainedParameters parameters, Optimizer optimizer)
    {
        using IDisposable noGrad = no_grad();
        Load(WeightsFile, parameters.Masters, parameters.Untrained());
        Load(AveragesFile, parameters.Averages, []);
        Load(MeansFile, optimizer.Means, []);
        Load(SquaresFile, optimizer.Squares, []);
        parameters.Publish();
        parameters.PublishFrozen();

        void Load(string file, TensorList tensors, IEnumerable<KeyValuePair<string, Tensor>> others) =>
            Copy(folder, file, Named(parameters.Names, tensors).Concat(others).ToDictionary());
    }

    /// <summary>Writes the averaged weights as a file that evaluation and upscaling take as it is.</summary>
    /// <param name="path">The file, replaced as a whole.</param>
    /// <param name="parameters">The network in training.</param>
    /// <param name="type">The stored type; float32 or float16.</param>
    /// <param name="metadata">More text to store.</param>
    public static void WriteWeights(
        string path, TrainedParameters parameters, SafetensorsType type, IReadOnlyDictionary<string, string> metadata) =>
        new SafetensorsFile(
            Named(parameters.Names, parameters.Averages).Concat(parameters.Untrained())
                .Select(pair => SafetensorsEntry.FromTensor(pair.Key, pair.Value, type)),
            NetworkWeights.Describe(parameters.Network, metadata)).Write(path);

    private static IEnumerable<KeyValuePair<string, Tensor>> Named(IReadOnlyList<string> names, TensorList tensors) =>
        names.Zip(tensors.Tensors, KeyValuePair.Create);

    private static void Copy(string folder, string fileName, Dictionary<string, Tensor> targets)
    {
        SafetensorsFile file;
        try
        {
            file = SafetensorsFile.Read(Path.Combine(folder, fileName));
        }
        catch (WeightsException failure)
        {
            throw new CheckpointException(folder, failure.Message, failure);
        }

        string[] wrong = targets.Where(pair => file.Find(pair.Key)?.Shape.SequenceEqual(pair.Value.shape) != true)
            .Select(pair => pair.Key)
            .Concat(file.Entries.Select(entry => entry.Name).Where(name => !targets.ContainsKey(name)))
            .ToArray();
        if (wrong.Length > 0)
        {
            throw new CheckpointException(folder, $"{fileName} does not fit the network: {string.Join(", ", wrong)}") { Keys = wrong };
        }

        foreach ((string name, Tensor target) in targets)
        {
            using DisposeScope scope = NewDisposeScope();
            target.copy_(file.Find(name)!.ToTensor());
        }
    }
}
