using System.Reflection;

namespace Vsr.Cli.Tests;

/// <summary>The arrows between assemblies are those of docs/architecture.md.</summary>
public class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> AllowedReferences = new()
    {
        ["Vsr.Interop"] = [],
        ["Vsr.Video"] = ["Vsr.Interop"],
        ["Vsr.Torch"] = ["Vsr.Interop"],
        ["Vsr.Data"] = ["Vsr.Interop", "Vsr.Video", "Vsr.Torch"],
        ["Vsr.Models"] = ["Vsr.Interop", "Vsr.Torch"],
        ["Vsr.Training"] = ["Vsr.Interop", "Vsr.Video", "Vsr.Torch", "Vsr.Data", "Vsr.Models"],
        ["Vsr.Upscaling"] = ["Vsr.Interop", "Vsr.Video", "Vsr.Torch", "Vsr.Models"],
        ["Vsr.Cli"] = ["Vsr.Interop", "Vsr.Video", "Vsr.Torch", "Vsr.Data", "Vsr.Models", "Vsr.Training", "Vsr.Upscaling"],
    };

    private static readonly string[] WithoutTorchSharp = ["Vsr.Interop", "Vsr.Video"];

    public static TheoryData<string> Assemblies => [.. AllowedReferences.Keys];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void ReferencesOnlyWhatTheDesignAllows(string name)
    {
        string[] references = [.. Assembly.Load(name).GetReferencedAssemblies().Select(reference => reference.Name!)];

        Assert.Empty(references.Where(reference => reference.StartsWith("Vsr.", StringComparison.Ordinal))
            .Except(AllowedReferences[name]));
        if (WithoutTorchSharp.Contains(name))
        {
            Assert.DoesNotContain("TorchSharp", references);
        }
    }
}
