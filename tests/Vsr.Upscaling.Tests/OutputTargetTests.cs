using Vsr.Tests;

namespace Vsr.Upscaling.Tests;

/// <summary>Every bad output is refused with a line that says value and fix, before any work is done.</summary>
public class OutputTargetTests
{
    [Fact]
    public void AFreshNameIsAcceptedAndNothingIsLeft()
    {
        using TemporaryFolder folder = new();
        OutputTarget.Check(folder.File("in.mp4"), folder.File("out.mp4"), overwrite: false);

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void AnExistingFileNeedsOverwrite()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("out.mp4"), "x");

        VsrException refused = Assert.Throws<VsrException>(
            () => OutputTarget.Check(folder.File("in.mp4"), folder.File("out.mp4"), overwrite: false));
        Assert.Contains("exists", refused.Message);
        Assert.Contains("--overwrite", refused.Hint);

        OutputTarget.Check(folder.File("in.mp4"), folder.File("out.mp4"), overwrite: true);
        Assert.Equal("x", File.ReadAllText(folder.File("out.mp4")));
    }

    [Fact]
    public void TheInputItselfIsRefusedThroughLinksToo()
    {
        using TemporaryFolder folder = new();
        string sub = Directory.CreateDirectory(folder.File("sub")).FullName;
        File.WriteAllText(Path.Combine(sub, "in.mp4"), "x");
        Directory.CreateSymbolicLink(folder.File("link"), sub);

        VsrException refused = Assert.Throws<VsrException>(
            () => OutputTarget.Check(Path.Combine(sub, "in.mp4"), Path.Combine(folder.File("link"), "in.mp4"), overwrite: true));
        Assert.Contains("itself", refused.Message);
    }

    [Fact]
    public void AFolderAndAMissingFolderAreRefused()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("out.mp4"));

        Assert.Contains("is a folder", Assert.Throws<VsrException>(
            () => OutputTarget.Check("in.mp4", folder.File("out.mp4"), overwrite: true)).Message);
        Assert.Contains("does not exist", Assert.Throws<VsrException>(
            () => OutputTarget.Check("in.mp4", Path.Combine(folder.Path, "no", "out.mp4"), overwrite: true)).Message);
    }

    [Fact]
    public void AFolderThatTakesNoFilesIsRefused()
    {
        Assert.SkipUnless(Directory.Exists("/proc"), "needs /proc, a folder where nobody can write");

        Assert.Contains("takes no new file", Assert.Throws<VsrException>(
            () => OutputTarget.Check("in.mp4", "/proc/out.mp4", overwrite: true)).Message);
    }
}
