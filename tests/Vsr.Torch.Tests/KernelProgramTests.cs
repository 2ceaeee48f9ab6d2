using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Torch.Tests;

/// <summary>Embedded CUDA programs where there is no GPU to compile them for.</summary>
public class KernelProgramTests
{
    [Fact]
    public void TheProcessorIsSaidToBeNoGpu()
    {
        TorchTestBackend.Ensure();
        KernelProgram program = new(typeof(KernelProgramTests).Assembly, "none.cu");

        Assert.False(program.IsAvailableOn(CPU));
        Assert.Equal("cpu is no GPU", program.ProblemOn(CPU));
    }

    [Fact]
    public void TheSourceIsThere()
    {
        using Stream? source = typeof(KernelProgram).Assembly.GetManifestResourceStream("half_arithmetic.cu");

        Assert.NotNull(source);
    }
}
