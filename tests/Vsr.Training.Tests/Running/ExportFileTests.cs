using Vsr.Tests;
using Vsr.Training.Running;

namespace Vsr.Training.Tests.Running;

public sealed class ExportFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AFileInAFolderThatIsThereOrCanBeMadeIsRightAndNothingIsLeftBehind()
    {
        ExportFile.Require(null);
        ExportFile.Require(_folder.File("weights.safetensors"));
        ExportFile.Require(_folder.File("a/b/weights.safetensors"));

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void AFileThatIsThereIsRightAndStays()
    {
        string path = _folder.File("weights.safetensors");
        File.WriteAllText(path, "old");

        ExportFile.Require(path);

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void FoldersAndPlacesWithoutRoomAreRefused()
    {
        string file = _folder.File("file");
        File.WriteAllText(file, "");

        Assert.Contains("is a folder", Refusal(_folder.Path), StringComparison.Ordinal);
        Assert.Contains("is a folder", Refusal(_folder.File("new/")), StringComparison.Ordinal);
        Assert.Contains($"'{file}' is a file", Refusal(Path.Combine(file, "a", "weights.safetensors")), StringComparison.Ordinal);
        Assert.Contains("'/proc' takes no new file", Refusal("/proc/a/weights.safetensors"), StringComparison.Ordinal);
    }

    private static string Refusal(string path) => Assert.Throws<ArgumentException>(() => ExportFile.Require(path)).Message;
}
