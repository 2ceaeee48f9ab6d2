using Vsr.Tests;

namespace Vsr.Cli.Tests;

/// <summary>House rules that no compiler checks.</summary>
public class SourceFileTests
{
    [Fact]
    public void NoCSharpFileIsOver500Lines()
    {
        string[] folders = ["src", "tests", "bench", "samples"];
        IEnumerable<string> tooLong = folders
            .Select(folder => Path.Combine(SharedData.RepositoryRoot, folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Where(file => File.ReadLines(file).Count() > 500);

        Assert.Empty(tooLong);
    }
}
