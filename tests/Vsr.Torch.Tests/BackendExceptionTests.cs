using System.Runtime.InteropServices;

namespace Vsr.Torch.Tests;

public sealed class BackendExceptionTests
{
    [Theory]
    [InlineData("CUDA out of memory. Tried to allocate 2.00 GiB.\nException raised from", true)]
    [InlineData("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried to allocate 1 bytes.", true)]
    [InlineData("The size of tensor a (3) must match the size of tensor b (4)", false)]
    public void Failures_of_libtorch_are_one_line_and_know_lack_of_memory(string message, bool outOfMemory)
    {
        BackendException known = BackendException.From(new NativeFailure(message), "training a step");
        Assert.Equal(outOfMemory, known.IsOutOfMemory);
        Assert.Equal(outOfMemory, known.Hint is not null);
        Assert.Contains("training a step", known.Message);
        Assert.DoesNotContain('\n', known.Message);
    }

    private sealed class NativeFailure(string message) : ExternalException(message);
}
