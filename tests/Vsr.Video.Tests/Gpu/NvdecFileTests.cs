using Vsr.Tests;
using Vsr.Video.Tests.Reading;

namespace Vsr.Video.Tests.Gpu;

/// <summary>Every shared video that the engine takes: the frames of software, bit for bit, in any order, on many threads.</summary>
[Trait("Category", "Gpu")]
public sealed class NvdecFileTests(ITestOutputHelper output)
{
    [Fact]
    public void Frames_of_all_shared_videos_are_those_of_software()
    {
        using GpuTestContext gpu = new();
        List<string> wrong = [];
        int exact = 0;
        foreach (string path in Files())
        {
            string name = Path.GetFileName(path);
            try
            {
                using FrameReader software = new(path, new FrameReaderOptions { CacheIndex = false });
                using FrameReader reader = new(path, gpu.Reader());
                bool mustBeExact = !software.Index.IsDecoded;
                string line = Compare(software, reader);
                output.WriteLine($"{name}: {reader.Stream.Codec} {reader.Stream.Width}x{reader.Stream.Height} "
                    + $"{reader.Stream.PixelFormat}: {line}; {reader.Statistics} {reader.DecoderNotice}");
                exact += line.StartsWith("all", StringComparison.Ordinal) ? 1 : 0;
                if (mustBeExact && !line.StartsWith("all", StringComparison.Ordinal))
                {
                    wrong.Add($"{name}: {line}");
                }
            }
            catch (Exception refused) when (refused is VsrException)
            {
                output.WriteLine($"{name}: {refused.GetType().Name}: {refused.Message}");
                if (refused is not (DecoderUnavailableException or VideoFormatException))
                {
                    wrong.Add($"{name}: {refused.Message}");
                }
            }
        }

        output.WriteLine($"{exact} files exact; {gpu.Pool.Created} decoders made, {gpu.Pool.Count} left");
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Assert.True(exact >= 1, "no file was decoded");
    }

    [Fact]
    public void Random_windows_give_the_frames_of_sequential_reading()
    {
        using GpuTestContext gpu = new();
        List<string> wrong = [];
        foreach (string path in Files())
        {
            if (Expected(path, gpu) is not { } expected)
            {
                continue;
            }

            using NvdecClip clip = new(path, gpu.Reader());
            using WindowReader windows = new(gpu.Pool, clip);
            wrong.AddRange(windows.Check(expected, seed: 11, count: 24));
            output.WriteLine($"{Path.GetFileName(path)}: {clip.Statistics}");
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong.Take(40)));
    }

    [Fact]
    public void Many_threads_with_few_decoders_give_the_same_frames()
    {
        using GpuTestContext gpu = new(decoders: 6);
        List<(string Path, string[] Frames)> files = [];
        foreach (string path in Files())
        {
            if (Expected(path, gpu) is { } expected)
            {
                files.Add((path, expected));
            }
        }

        List<string> wrong = [];
        Thread[] threads = [.. Enumerable.Range(0, 12).Select(number => new Thread(() =>
        {
            try
            {
                Random random = new(number);
                for (int i = 0; i < 12; i++)
                {
                    (string path, string[] expected) = files[random.Next(files.Count)];
                    using NvdecClip clip = new(path, gpu.Reader());
                    using WindowReader windows = new(gpu.Pool, clip);
                    IReadOnlyList<string> found = windows.Check(expected, seed: random.Next(), count: 6);
                    lock (wrong)
                    {
                        wrong.AddRange(found);
                    }
                }
            }
            catch (Exception failure)
            {
                lock (wrong)
                {
                    wrong.Add(failure.ToString());
                }
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        output.WriteLine($"{files.Count} files, {gpu.Pool.Created} decoders made, {gpu.Pool.Count} left");
        Assert.True(wrong.Count == 0, string.Join("\n", wrong.Take(20)));
    }

    private static string[] Files() =>
        [.. Directory.GetFiles(SharedData.Require("video"), "*.*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    // The software's hashes; null where the engine does not take the file or the file is damaged.
    private static string[]? Expected(string path, GpuTestContext gpu)
    {
        try
        {
            using FrameReader reader = new(path, new FrameReaderOptions { CacheIndex = false, MemoryLimitBytes = 0 });
            if (reader.Index.IsDecoded || reader.Stream.Width > 2000
                || NvdecClip.WhyNot(gpu.Context, reader.Stream, reader.Index) is not null)
            {
                return null;
            }

            string[] hashes = new string[Math.Min(reader.FrameCount, 90)];
            for (int i = 0; i < hashes.Length; i++)
            {
                using VideoFrame frame = reader.GetFrame(i);
                hashes[i] = FrameMd5.Of(frame);
            }

            return reader.Index.IsDecoded ? null : hashes;
        }
        catch (VideoFormatException)
        {
            return null;
        }
    }

    private static string Compare(FrameReader software, FrameReader reader)
    {
        Assert.Equal(VideoDecoderKind.Nvdec, reader.DecoderInUse);
        int equal = 0;
        string? first = null;
        int count = Math.Min(software.FrameCount, reader.FrameCount);
        for (int i = 0; i < count; i++)
        {
            try
            {
                using VideoFrame expected = software.GetFrame(i);
                using VideoFrame got = reader.GetFrame(i);
                string? difference = FrameDifference.Describe(expected, got)
                    ?? (expected.Color != got.Color ? $"colour {got.Color} for {expected.Color}" : null)
                    ?? (expected.PtsTicks != got.PtsTicks ? $"pts {got.PtsTicks} for {expected.PtsTicks}" : null);
                equal += difference is null ? 1 : 0;
                first ??= difference is null ? null : $"frame {i}: {difference}";
            }
            catch (VsrException failure)
            {
                return $"{equal} equal, then frame {i}: {failure.Message}";
            }
        }

        return equal == count ? $"all {count} equal" : $"{equal} of {count} equal, first {first}";
    }
}
