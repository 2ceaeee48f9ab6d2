using TorchSharp;
using static TorchSharp.torch;

namespace Vsr.Torch.Tests.Gpu;

/// <summary>CUDA programs embedded in an assembly: launched, and refused with words.</summary>
[Trait("Category", "Gpu")]
public class GpuKernelProgramTests
{
    private readonly Device _device = Vsr.Tests.TorchTestBackend.RequireCuda();

    [Fact]
    public void AKernelTakesItsStructureAndRunsOnTheCurrentStream()
    {
        using DisposeScope scope = NewDisposeScope();
        KernelProgram program = Program("numbers.cu");
        Tensor target = zeros([300], ScalarType.Int32, _device);
        Tensor large = rand([4096, 4096], device: _device);
        program.Launch(_device, "number", 1, (1, 1), new Job(TensorMemory.Address(target), 1));       // compiles and loads it
        cuda.synchronize(_device);

        Tensor actual;
        using (new CudaStreamScope(CudaStream.FromPool(_device)))
        {
            for (int i = 0; i < 20; i++)
            {
                matmul(large, large);
            }

            target.zero_();                                                     // after the kernel, were it on another stream
            program.Launch(_device, "number", 3, (50, 2), new Job(TensorMemory.Address(target), 7));
            actual = target.cpu();
        }

        Assert.Equal(arange(7, 307, ScalarType.Int32).data<int>().ToArray(), actual.data<int>().ToArray());
    }

    [Fact]
    public void AKernelThatIsNotThereIsNamed()
    {
        KernelProgram program = Program("numbers.cu");
        Assert.True(program.IsAvailableOn(_device));

        BackendException failure = Assert.Throws<BackendException>(() => program.Launch(_device, "letter", 1, (1, 1), new Job(0, 0)));

        Assert.Contains("the kernel letter of numbers.cu", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.IsOutOfMemory);
    }

    [Fact]
    public void AProgramThatDoesNotCompileSaysSoEachTimeItIsAsked()
    {
        KernelProgram program = Program("broken.cu");

        string? problem = program.ProblemOn(_device);
        BackendException failure = Assert.Throws<BackendException>(() => program.Launch(_device, "broken", 1, (1, 1), new Job(0, 0)));

        Assert.Contains("does not compile broken.cu", problem, StringComparison.Ordinal);
        Assert.Same(problem, program.ProblemOn(_device));
        Assert.Contains(problem!, failure.Message, StringComparison.Ordinal);
    }

    private static KernelProgram Program(string fileName) => new(typeof(GpuKernelProgramTests).Assembly, fileName);

    private readonly record struct Job(nint Target, long First);
}
