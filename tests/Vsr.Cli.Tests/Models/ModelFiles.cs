using Vsr.Models;
using Vsr.Tests;

namespace Vsr.Cli.Tests.Models;

/// <summary>A folder of small networks in place of those that are shipped, and the program run with it.</summary>
internal sealed class ModelFiles : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <param name="names">Of the catalogue: those whose files are there.</param>
    public ModelFiles(params string[] names)
    {
        TorchTestBackend.Ensure();
        foreach (ShippedModel model in names.Select(ShippedModels.Get))
        {
            using RecurrentVsr network = new(new RecurrentOptions { Channels = 8, Blocks = 1, LookAhead = 1, UseFlow = false, Scale = model.Scale });
            NetworkWeights.Save(network, File(model.FileName), SafetensorsType.F16);
        }
    }

    public string File(string name) => _folder.File(name);

    public (int ExitCode, string Output, string Error) Run(params string[] arguments) => OracleProgram.TryRun(
        "env", [$"VSR_MODELS={_folder.Path}", "dotnet", Path.Combine(AppContext.BaseDirectory, "Vsr.Cli.dll"), .. arguments]);

    public void Dispose() => _folder.Dispose();
}
