using System.Text.RegularExpressions;
using Vsr.Tests;

namespace Vsr.Cli.Tests;

/// <summary>House rules that no compiler checks.</summary>
public partial class SourceFileTests
{
    [Fact]
    public void EveryTestThatTheReferenceNamesIsThere()
    {
        string tests = string.Concat(Directory
            .EnumerateFiles(Path.Combine(SharedData.RepositoryRoot, "tests"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        string page = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "docs", "reference.md"));

        Match[] named = TestName().Matches(page).ToArray();

        Assert.True(named.Length > 50, $"{named.Length}");
        Assert.Empty(named.Where(match => !tests.Contains($"class {match.Groups[1].Value}", StringComparison.Ordinal)
            || (match.Groups[2].Success && !tests.Contains($" {match.Groups[2].Value}(", StringComparison.Ordinal))).Select(match => match.Value));
    }

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

    [GeneratedRegex(@"`(\w+Tests)(?:\.(\w+))?`")]
    private static partial Regex TestName();
}
