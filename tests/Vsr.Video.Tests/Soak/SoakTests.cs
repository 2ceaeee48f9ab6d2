using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Vsr.Tests;
using Vsr.Video.Tests.Gpu;
using Vsr.Video.Tests.Reading;

namespace Vsr.Video.Tests.Soak;

/// <summary>
/// Random reads over all files, the awkward ones among them, by several threads for a while: no wrong frame, no hang, no growth.
/// $VSR_SOAK_SECONDS sets how long (4 by default).
/// </summary>
[Collection(RunsAlone.Name)]
public sealed class SoakTests(ITestOutputHelper output)
{
    private const int Threads = 3;
    private const int FramesOfAFile = 40;
    private const long GrowthLimitBytes = 64L << 20;

    private static double Seconds => double.Parse(
        Environment.GetEnvironmentVariable("VSR_SOAK_SECONDS") ?? "4", CultureInfo.InvariantCulture);

    [Fact]
    public void Software_stays_exact_and_small() =>
        Run(new FrameReaderOptions { CacheIndex = false, Threads = 1, MemoryLimitBytes = 4 << 20 }, Seconds, deviceBytes: null);

    [Fact]
    [Trait("Category", "Gpu")]
    public void Nvdec_stays_exact_and_small()
    {
        using GpuTestContext gpu = new(decoders: 6);
        gpu.Context.MakeCurrent();
        Run(gpu.Reader(VideoDecoderKind.Auto), Seconds, () =>
        {
            gpu.Context.MakeCurrent();
            return DeviceMemory.BytesInUse();
        });
        output.WriteLine($"{gpu.Pool.Created} decoders made, {gpu.Pool.Count} left");
    }

    [Fact]
    public void What_other_processes_hold_does_not_count()
    {
        Assert.Equal(7L << 20, DeviceMemory.Parse("12, 5\n34, 3\n34, 4\n", 34));
        Assert.Null(DeviceMemory.Parse("12, 5\n34, [N/A]\n\n", 34));
    }

    private void Run(FrameReaderOptions options, double seconds, Func<long>? deviceBytes)
    {
        List<KnownFile> files = [.. Files().Select(Know).OfType<KnownFile>()];
        Assert.True(files.Count > 0);
        ConcurrentBag<string> wrong = [];
        long reads = 0;
        long began = Stopwatch.GetTimestamp();
        List<(double Seconds, long HostBytes, long DeviceBytes)> memory = [];
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(number => new Thread(() => ReadAtRandom(number)))];
        Array.ForEach(threads, thread => thread.Start());
        while (Elapsed() < seconds)
        {
            Thread.Sleep(200);
            memory.Add((Elapsed(), ProcessMemory.AnonymousBytes(), deviceBytes?.Invoke() ?? 0));
        }

        Assert.True(threads.All(thread => thread.Join(TimeSpan.FromSeconds(60))), "a thread hangs in a read");
        Assert.True(wrong.IsEmpty, string.Join("\n", wrong.Take(20)));
        AssertNoGrowth("host", [.. memory.Select(at => at.HostBytes)]);
        AssertNoGrowth("device", [.. memory.Select(at => at.DeviceBytes)]);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{files.Count} files, {reads} reads in {seconds} s; host {memory[^1].HostBytes >> 20} MiB, "
            + $"device {memory[^1].DeviceBytes >> 20} MiB in use at the end"));

        double Elapsed() => Stopwatch.GetElapsedTime(began).TotalSeconds;

        void ReadAtRandom(int seed)
        {
            Random random = new(seed);
            while (Elapsed() < seconds && wrong.IsEmpty)
            {
                KnownFile file = files[random.Next(files.Count)];
                try
                {
                    using FrameReader reader = new(file.Path, options);
                    for (int i = 0; i < 8 && Elapsed() < seconds; i++)
                    {
                        int first = random.Next(file.Hashes.Length);
                        Check(file, reader, first, Math.Min(1 + random.Next(3), file.Hashes.Length - first));
                        Interlocked.Increment(ref reads);
                    }
                }
                catch (Exception failure)
                {
                    wrong.Add($"{file.Path}: {failure}");
                }
            }
        }

        void Check(KnownFile file, FrameReader reader, int first, int count)
        {
            IReadOnlyList<VideoFrame> frames = reader.GetRange(first, count);
            foreach (VideoFrame frame in frames)
            {
                using (frame)
                {
                    if (FrameMd5.Of(frame) != file.Hashes[frame.Index])
                    {
                        wrong.Add($"{file.Path}: frame {frame.Index} differs ({reader.DecoderInUse})");
                    }
                }
            }
        }
    }

    // A quarter of the time is for warming up; afterwards the least of the last half is to be near the least of the second quarter.
    private static void AssertNoGrowth(string what, long[] bytes)
    {
        if (bytes.Length < 8)
        {
            return;
        }

        long early = bytes[(bytes.Length / 4)..(bytes.Length / 2)].Min();
        long late = bytes[(bytes.Length / 2)..].Min();
        Assert.True(late - early < GrowthLimitBytes, $"{what} memory grows from {early >> 20} to {late >> 20} MiB");
    }

    private static string[] Files() =>
    [
        .. Directory.GetFiles(SharedData.Require("video/awkward")).Order(StringComparer.Ordinal),
        .. Directory.GetFiles(SharedData.Require("video/val")).Order(StringComparer.Ordinal),
    ];

    // Hashes of the first frames by one pass; null for files without frames, and for large pictures, which say little more and take long.
    private static KnownFile? Know(string path)
    {
        try
        {
            using FrameReader reader = new(path, new FrameReaderOptions { CacheIndex = false, MemoryLimitBytes = 0 });
            if (reader.Stream.Width * reader.Stream.Height > 1_000_000)
            {
                return null;
            }

            string[] hashes = new string[Math.Min(reader.FrameCount, FramesOfAFile)];
            for (int i = 0; i < hashes.Length; i++)
            {
                using VideoFrame frame = reader.GetFrame(i);
                hashes[i] = FrameMd5.Of(frame);
            }

            return new KnownFile(path, hashes);
        }
        catch (VideoFormatException)
        {
            return null;
        }
    }

    private sealed record KnownFile(string Path, string[] Hashes);
}
