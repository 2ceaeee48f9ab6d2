using System.CommandLine;
using Vsr.Video;

namespace Vsr.Cli.Commands;

/// <summary>vsr frames: reads frames of a video in any order and prints their hashes or writes them as pictures.</summary>
internal static class FramesCommand
{
    private static readonly Argument<string> FileArgument = new("FILE") { Description = "The video file." };

    private static readonly Option<string?> FramesOption = new("--frames")
    {
        Description = "Numbers and ranges, bounds included: 0,5,10-20 (default: all).",
    };

    private static readonly Option<string> OrderOption = new("--order")
    {
        Description = "sequential, or random: a permutation from the seed.",
        DefaultValueFactory = _ => "sequential",
    };

    private static readonly Option<long> SeedOption = new("--seed")
    {
        Description = "Seed of the random order.",
        DefaultValueFactory = _ => 0,
    };

    private static readonly Option<int?> CountOption = new("--count") { Description = "Only the first N in that order." };

    private static readonly Option<bool> HashOption = new("--hash")
    {
        Description = "Print a line a frame: number, pts in ticks, md5 of the decoder's pixels.",
    };

    private static readonly Option<string?> OutOption = new("--out")
    {
        Description = "Write a .png picture a frame into this folder, turned for display.",
    };

    private static readonly Option<int> MemoryOption = new("--memory")
    {
        Description = "Decoded frames kept for later ones, in MB.",
        DefaultValueFactory = _ => 512,
    };

    private static readonly Option<int?> Stream = StreamOption.Create(
        "Number of the video stream (default: the first that is no attached picture).");

    private static readonly Option<string> Decoder = DecoderOption.Create();

    public static Command Create()
    {
        OrderOption.AcceptOnly("sequential", "random");
        Command command = new("frames", "Read frames of a video exactly, in any order: their hashes or pictures.")
        {
            FileArgument, FramesOption, OrderOption, SeedOption, CountOption, HashOption, OutOption, Stream, MemoryOption,
            Decoder,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        string? folder = parsed.GetValue(OutOption);
        if (parsed.GetValue(HashOption) == folder is not null)
        {
            throw new UsageException("one of --hash and --out DIR is required, not both")
            {
                Hint = "vsr frames FILE --hash, or vsr frames FILE --out DIR",
            };
        }

        int? count = parsed.GetValue(CountOption);
        if (count < 1)
        {
            throw new UsageException($"--count {count}: must be 1 or more");
        }

        int memory = parsed.GetValue(MemoryOption);
        if (memory < 0)
        {
            throw new UsageException($"--memory {memory}: must be 0 or more");
        }

        string? list = parsed.GetValue(FramesOption);
        var ranges = list is null ? null : FrameList.Parse(list);
        bool random = parsed.GetValue(OrderOption) == "random";
        ulong? seed = random ? unchecked((ulong)parsed.GetValue(SeedOption)) : null;
        string file = parsed.GetRequiredValue(FileArgument);
        FrameReaderOptions options = new()
        {
            Stream = parsed.GetValue(Stream),
            MemoryLimitBytes = (long)memory << 20,
            Decoder = DecoderOption.Get(parsed, Decoder),
        };
        using Termination termination = new();
        using FrameReader reader = new(file, options);
        IReadOnlyList<string>? lines = Read(reader, file, () => Choose(reader, file, ranges, seed, count), folder, termination.Token);
        if (lines is null)
        {
            return termination.ExitCode;
        }

        foreach (string line in lines)
        {
            Console.Out.WriteLine(line);
        }

        Console.Out.Flush();
        FileWarnings.Print(file, reader.Index);
        DecoderNotes.Print(file, reader);
        ReaderStatistics done = reader.Statistics;
        Console.Error.WriteLine($"seeks={done.Seeks} packets={done.Packets} decoded={done.Decoded} delivered={done.Delivered}");
        return ExitCode.Success;
    }

    private static int[] Choose(
        FrameReader reader, string file, IReadOnlyList<(int First, int Last)>? ranges, ulong? seed, int? count)
    {
        int[] frames = FrameList.Choose(ranges, reader.FrameCount, file, seed);
        return count < frames.Length ? frames[..count.Value] : frames;
    }

    // Reading may find the file damaged and number its frames anew: then what was read so far is read again, so that
    // nothing is printed before all is known. Null where a signal ended it.
    private static List<string>? Read(FrameReader reader, string file, Func<int[]> choose, string? folder, CancellationToken stop)
    {
        while (true)
        {
            FrameIndex before = reader.Index;
            List<string> lines = [];
            foreach (int number in choose())
            {
                if (stop.IsCancellationRequested)
                {
                    return null;
                }

                using VideoFrame frame = reader.GetFrame(number);
                if (!ReferenceEquals(before, reader.Index))
                {
                    break;
                }

                lines.Add(folder is null ? FrameHash.Line(frame) : FramePictures.Write(frame, folder));
            }

            if (ReferenceEquals(before, reader.Index))
            {
                return lines;
            }
        }
    }
}
