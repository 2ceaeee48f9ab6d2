using System.Runtime.InteropServices;
using Vsr.Tests;
using Vsr.Upscaling.Tests.Pipeline;

namespace Vsr.Upscaling.Tests;

/// <summary>A disk that runs full ends in one clear line and leaves nothing. The disk is a tmpfs of 64 kB.</summary>
public partial class FullDiskTests
{
    [Fact]
    public void AFullDiskIsSaidAndLeavesNothing()
    {
        using TemporaryFolder folder = new();
        string input = folder.File("in.mp4");
        OracleProgram.Run("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=128x96:r=25:d=1,noise=alls=60:allf=t",
            "-pix_fmt", "yuv420p", "-c:v", "libx264", input);
        string disk = Directory.CreateDirectory(folder.File("disk")).FullName;
        Assert.SkipUnless(Mount("tmpfs", disk, "tmpfs", 0, "size=64k") == 0, "needs the right to mount a small file system (root)");
        try
        {
            using RepeatingUpscaler network = new(2);
            VideoUpscaler upscaler = new(network, CpuBackend.Load());
            VsrException refused = Assert.Throws<VsrException>(() => upscaler.Run(
                input, Path.Combine(disk, "out.mp4"), new UpscaleOptions { Preset = "ultrafast", Crf = 5 }, null,
                TestContext.Current.CancellationToken));

            Assert.Contains("out.mp4", refused.Message);
            Assert.Contains("No space left on device", refused.Message);
            Assert.Empty(Directory.EnumerateFileSystemEntries(disk));
        }
        finally
        {
            _ = Unmount(disk, 2);                                               // MNT_DETACH
        }
    }

    [LibraryImport("libc", EntryPoint = "mount", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mount(string source, string target, string type, nuint flags, string data);

    [LibraryImport("libc", EntryPoint = "umount2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unmount(string target, int flags);
}
