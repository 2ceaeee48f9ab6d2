using Vsr.Tests;
using Vsr.Torch.Loading;

namespace Vsr.Torch.Tests.Loading;

public sealed class LibTorchCandidateTests
{
    [Theory]
    [InlineData("2.10.0", null)]
    [InlineData("2.11.0+cu130", null)]
    [InlineData("2.13.0", "its version is 2.13.0; 2.10 and 2.11 are supported")]
    [InlineData("1.13.0a0", "its version is 1.13.0a0; 2.10 and 2.11 are supported")]
    [InlineData("2.1.0", "its version is 2.1.0; 2.10 and 2.11 are supported")]
    public void The_version_of_a_PyTorch_is_read_and_judged(string version, string? problem)
    {
        using TemporaryFolder folder = new();
        string library = Directory.CreateDirectory(folder.File("torch/lib")).FullName;
        File.WriteAllText(Path.Combine(library, "libtorch_cpu.so"), "");
        File.WriteAllText(folder.File("torch/version.py"), $"from typing import Optional\n__version__ = '{version}'\ndebug = False\n");

        foreach (string given in new[] { folder.Path, folder.File("torch"), library })
        {
            LibTorchCandidate candidate = LibTorchCandidate.At(given, "--libtorch");
            Assert.Equal(library, candidate.Directory);
            Assert.Equal(version, candidate.Version);
            Assert.Equal(problem, candidate.Problem);
            Assert.False(candidate.HasCuda);
        }
    }

    [Fact]
    public void A_folder_without_libtorch_says_so()
    {
        using TemporaryFolder folder = new();
        Assert.Equal("it has no libtorch_cpu.so", LibTorchCandidate.At(folder.Path, "--libtorch").Problem);
        Assert.Equal("the folder does not exist", LibTorchCandidate.At(folder.File("none"), "--libtorch").Problem);
    }

    [Fact]
    public void The_version_of_a_package_is_in_its_path()
    {
        LibTorchCandidate candidate = new("/cache/libtorch-cpu-linux-x64/2.10.0/runtimes/linux-x64/native", "NuGet package");
        Assert.Equal("2.10.0", candidate.Version);
    }
}
