using System.Globalization;
using System.Text.Json;
using Vsr.Tests;

namespace Vsr.Models.Tests.PyTorch;

/// <summary>PyTorch 1.13 writes and reads files (torch_files.py); the test is skipped where it is not installed.</summary>
internal static class TorchOracle
{
    private const int FilesARun = 500;

    private static string Script => Path.Combine(SharedData.RepositoryRoot, "tests", "Vsr.Models.Tests", "PyTorch", "torch_files.py");

    /// <summary>Writes files of the script's objects, all in one run: it takes seconds to start.</summary>
    public static void Write(params (string Kind, string Format, int Protocol, string Path)[] files) => OracleProgram.Run(
        OracleProgram.RequirePythonTorch(),
        [Script, "write", .. files.SelectMany(file => (string[])[file.Kind, file.Format, file.Protocol.ToString(CultureInfo.InvariantCulture), file.Path])]);

    /// <summary>What PyTorch reads from files by its own restricted reader; null where it refuses.</summary>
    public static IReadOnlyList<TorchTensor[]?> Read(IEnumerable<string> paths) => paths.Chunk(FilesARun)
        .SelectMany(chunk => OracleProgram.Run(OracleProgram.RequirePythonTorch(), [Script, "read", .. chunk])
            .Split('\n', StringSplitOptions.RemoveEmptyEntries))
        .Select(Parse).ToArray();

    private static TorchTensor[]? Parse(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        return document.RootElement.ValueKind == JsonValueKind.Null ? null : document.RootElement.EnumerateObject()
            .Select(tensor => new TorchTensor(
                tensor.Name,
                tensor.Value[0].GetString()!["torch.".Length..],
                [.. tensor.Value[1].EnumerateArray().Select(side => side.GetInt64())],
                tensor.Value[2].GetString()!))
            .ToArray();
    }
}
