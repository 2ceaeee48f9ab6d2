using System.Text.Json.Nodes;
using Vsr.Cli.Tests.Training;
using Vsr.Tests;

namespace Vsr.Cli.Tests;

/// <summary>The program that docs/video-reading.md quotes does what the page says.</summary>
public sealed class SampleProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ThePageQuotesTheProgram()
    {
        string page = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "docs", "video-reading.md"));
        string program = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "samples", "LoadSequences", "Program.cs"));
        const string open = "```csharp\n";
        int start = page.IndexOf(open, page.IndexOf("## The loader", StringComparison.Ordinal), StringComparison.Ordinal) + open.Length;
        string quoted = page[start..page.IndexOf("```", start, StringComparison.Ordinal)];

        Assert.EndsWith(quoted, program, StringComparison.Ordinal);
        Assert.StartsWith("Backend backend", quoted, StringComparison.Ordinal);
    }

    [Fact]
    public void TheSecondRunGoesOnWhereTheFirstStopped()
    {
        TrainProcess.WriteClip(_folder.File("a.mp4"));
        TrainProcess.WriteClip(_folder.File("b.mp4"));

        string[] whole = Run("5");
        File.Delete(_folder.File("loader-state.json"));
        string[] parts = [.. Run("2"), .. Run("3").Skip(1)];

        Assert.Contains("2 clips, 28 sequences an epoch", whole[0], StringComparison.Ordinal);
        Assert.Equal(21, whole.Length);
        Assert.Equal(whole, parts);
        Assert.Equal(20, whole.Skip(1).Select(line => line.Split(" at ")[0]).Distinct().Count());
        Assert.Equal(20, JsonNode.Parse(File.ReadAllText(_folder.File("loader-state.json")))!["Position"]!.GetValue<long>());
    }

    private string[] Run(string batches)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "LoadSequences.dll");
        return OracleProgram.Run("dotnet", program, _folder.Path, batches, "cpu").Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
