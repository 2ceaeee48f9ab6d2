using Vsr.Interop.LibC;

namespace Vsr.Torch;

/// <summary>How memory of tensors on the CPU comes from the system.</summary>
public static class HostAllocator
{
    private const int OwnPagesFromBytes = 128 * 1024;
    private const int Arenas = 2;
    private const string ArenasVariable = "MALLOC_ARENA_MAX";

    /// <summary>Lets threads that start from now on share the pools of native memory that there are, where MALLOC_ARENA_MAX does not say how many.</summary>
    /// <remarks>
    /// By default nearly every thread gets a pool of its own and keeps there what it freed. For a program to call at its start; the
    /// runtime has made some pools by then. The variable, in the environment of the process, does more: two pools saved 37 MiB of 428 with
    /// 16 decoders on a GPU, at the same speed (docs/benchmarks/loader.md). Does nothing where the C library is another than glibc.
    /// </remarks>
    public static void ShareArenas()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(ArenasVariable)))
        {
            MallocOptions.ShareArenas(Arenas);
        }
    }

    /// <summary>Lets the memory of freed tensors of 128 kB and more go back to the system at once, for the rest of the process.</summary>
    /// <remarks>
    /// Streams of frames need it: where each frame lives until a few later ones are made, glibc's allocator fails to use freed
    /// aligned blocks again (its bug 14581) and the process grows by a frame a frame. The price is fresh pages for every
    /// large tensor: little beside a large network's time on the CPU, more beside a small one's. Does nothing where the C
    /// library is another.
    /// </remarks>
    public static void ReturnFreedMemory() => MallocOptions.MapFrom(OwnPagesFromBytes);
}
