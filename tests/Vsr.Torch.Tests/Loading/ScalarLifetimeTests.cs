using System.Diagnostics;
using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Torch.Tests.Loading;

/// <summary>Numbers given to operators are not freed by a garbage collection while an operator reads them.</summary>
public sealed class ScalarLifetimeTests
{
    [Fact]
    public void OperatorsReadTheirNumbersWhileGarbageIsCollected()
    {
        TorchTestBackend.Ensure();
        Assert.Contains(TorchTestBackend.Backend.Bridge, piece => piece is { Name: "lifetime of numbers", IsThere: true });
        using Tensor count = zeros(4, int64);
        using CancellationTokenSource done = new();
        Thread collector = new(() =>
        {
            while (!done.IsCancellationRequested)
            {
                GC.Collect(0);
                Thread.Yield();
            }
        });
        collector.Start();
        long added = 0;
        try
        {
            for (Stopwatch watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(3) || added < 2000; added++)
            {
                count.add_(1);
            }
        }
        finally
        {
            done.Cancel();
            collector.Join();
        }

        Assert.Equal(added, count[3].item<long>());
    }
}
