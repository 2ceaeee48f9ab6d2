using Vsr.Interop.LibC;

namespace Vsr.Torch;

/// <summary>How memory of tensors on the CPU comes from the system.</summary>
public static class HostAllocator
{
    private const int OwnPagesFromBytes = 128 * 1024;

    /// <summary>Lets the memory of freed tensors of 128 kB and more go back to the system at once, for the rest of the process.</summary>
    /// <remarks>
    /// Streams of frames need it: where each frame lives until a few later ones are made, glibc's allocator fails to use freed
    /// aligned blocks again (its bug 14581) and the process grows by a frame a frame. The price is fresh pages for every
    /// large tensor: little beside a large network's time on the CPU, more beside a small one's. Does nothing where the C
    /// library is another.
    /// </remarks>
    public static void ReturnFreedMemory() => MallocOptions.MapFrom(OwnPagesFromBytes);
}
