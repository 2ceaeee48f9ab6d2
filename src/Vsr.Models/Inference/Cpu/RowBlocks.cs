using static TorchSharp.torch;

namespace Vsr.Models.Cpu;

/// <summary>Work on the rows of a picture, divided among as many threads as libtorch uses.</summary>
internal static class RowBlocks
{
    private const int BlocksPerThread = 4;

    /// <summary>Runs work for all rows.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="work">Takes the first row of a block and the one after its last; blocks run at the same time.</param>
    public static void Run(int rows, Action<int, int> work)
    {
        int threads = Math.Max(1, get_num_threads());
        int blocks = threads == 1 ? 1 : Math.Min(rows, threads * BlocksPerThread);
        if (blocks <= 1)
        {
            work(0, rows);
            return;
        }

        Parallel.For(
            0, blocks, new ParallelOptions { MaxDegreeOfParallelism = threads },
            block => work((int)((long)rows * block / blocks), (int)((long)rows * (block + 1) / blocks)));
    }
}
