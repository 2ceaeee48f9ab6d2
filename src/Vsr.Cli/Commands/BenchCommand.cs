using System.CommandLine;
using Vsr.Cli.Bench;
using Vsr.Torch;
using Vsr.Training.Running;

namespace Vsr.Cli.Commands;

/// <summary>vsr bench loader: how fast random frame sequences come to the device, and what waiting for them costs a training step.</summary>
internal static class BenchCommand
{
    private static readonly BenchSettings Defaults = new();

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "Folder of clips: .mp4 files, or RESOLUTION/scenes, mp4/RESOLUTION or train in it. Default: the sample clip at that size.",
    };

    private static readonly Option<string> Resolution = Of("--resolution", "Size of the clips: 540p, 720p, 1080p, 4K.", Defaults.Resolution);

    private static readonly Option<string> Loader = Of(
        "--loader", "video; software: the same with --decoder software; png: folders of .png; all, each in a process of its own.", Defaults.Loader);

    private static readonly Option<string> Decoder = DecoderOption.Create();
    private static readonly Option<int> Batch = Of("--batch", "Sequences a batch.", Defaults.Batch);
    private static readonly Option<string> Crop = Of("--crop", "Height x width of the random crop.", Defaults.Crop);
    private static readonly Option<int> Frames = Of("--frames", "Frames of a sequence, odd.", Defaults.Frames);
    private static readonly Option<int> Batches = Of("--batches", "Measured batches a row.", Defaults.Batches);
    private static readonly Option<double> Seconds = Of("--seconds", "Seconds that a row without computing lasts at least.", Defaults.LeastSeconds);
    private static readonly Option<int> WarmUp = Of("--warm-up", "Batches before them.", Defaults.WarmUp);
    private static readonly Option<string> ComputeMs = Of("--compute-ms", "Milliseconds of computing after each batch; a row each.", "0,100");
    private static readonly Option<int> Threads = Of("--threads", "Reading threads; 0 for one a processor.", 0);
    private static readonly Option<int> Cache = Of("--cache", "Also rows with so many MiB of decoded frames kept.", 0);
    private static readonly Option<ulong> Seed = Of("--seed", "Decides the order and the crops.", Defaults.Seed);
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON instead of a table." };
    private static readonly Option<string?> Report = new("--report") { Description = "Also write a report in Markdown to this file." };
    private static readonly Option<string> Device = Of("--device", "auto, cpu, cuda or cuda:N.", "auto");
    private static readonly Option<string?> LibTorch = new("--libtorch") { Description = "Folder of the libtorch or PyTorch to load." };

    public static Command Create()
    {
        Loader.AcceptOnly([.. BenchSettings.Loaders, "all"]);
        Command loader = new("loader", "Measure the loaders of random frame sequences; other loaders' stored figures stand beside.")
        {
            Data, Resolution, Loader, Decoder, Batch, Crop, Frames, Batches, Seconds, WarmUp, ComputeMs, Threads, Cache, Seed, Json, Report, Device, LibTorch,
        };
        loader.SetAction(Run);
        return new Command("bench", "Measure speed on this machine.") { loader, BenchTrainCommand.Create(), BenchNetworkCommand.Create() };
    }

    private static int Run(ParseResult parsed)
    {
        (BenchSettings settings, BackendOptions backend, string? report) = UsageException.Of("bench loader", () => Read(parsed));
        using Termination termination = new();
        try
        {
            BenchReport<LoaderRow>? measured = null;
            if (settings.ChosenLoaders.Count == 1)
            {
                measured = Measure(settings, backend, termination.Token);
            }
            else if (MeasureApart(settings, MoreArguments(backend), termination.Token, out measured) is var code and not ExitCode.Success)
            {
                return code;
            }

            LoaderTable.Of(measured!).Write(parsed.GetValue(Json) ? measured!.ToJson() : null, report);
            return ExitCode.Success;
        }
        catch (OperationCanceledException) when (termination.Token.IsCancellationRequested)
        {
            Console.Error.WriteLine("vsr: stopped; there is no report");
            return termination.ExitCode;
        }
    }

    private static BenchReport<LoaderRow> Measure(BenchSettings settings, BackendOptions options, CancellationToken cancellation)
    {
        Backend backend = Backend.Load(options);
        LoaderBench bench = new(settings, backend, Console.Error, cancellation);
        IReadOnlyList<LoaderRow> rows = bench.Measure(settings.Loader);
        return new BenchReport<LoaderRow>(
            BenchMachine.Describe(backend), BenchMachine.Versions(backend), CommandOf(settings), [.. rows, .. StoredRows.All]);
    }

    private static int MeasureApart(
        BenchSettings settings, IReadOnlyList<string> more, CancellationToken cancellation, out BenchReport<LoaderRow>? report)
    {
        report = null;
        LoaderBenchProcess process = new(settings, more, cancellation);
        List<LoaderRow> rows = [];
        foreach (string loader in settings.ChosenLoaders)
        {
            (int code, BenchReport<LoaderRow>? one) = process.Measure(loader);
            if (one is null)
            {
                return code;
            }

            report = one;
            rows.AddRange(one.Rows.Where(row => !row.Stored));
        }

        report = report! with { Command = CommandOf(settings), Rows = [.. rows, .. StoredRows.All] };
        return ExitCode.Success;
    }

    private static (BenchSettings Settings, BackendOptions Backend, string? Report) Read(ParseResult parsed)
    {
        (int height, int width) = BenchSettings.ParseCrop(parsed.GetRequiredValue(Crop));
        BenchSettings settings = new()
        {
            Data = parsed.GetValue(Data),
            Resolution = parsed.GetRequiredValue(Resolution),
            Loader = parsed.GetRequiredValue(Loader),
            Decoder = DecoderOption.Get(parsed, Decoder),
            Batch = parsed.GetValue(Batch),
            CropHeight = height,
            CropWidth = width,
            Frames = parsed.GetValue(Frames),
            Batches = parsed.GetValue(Batches),
            LeastSeconds = parsed.GetValue(Seconds),
            WarmUp = parsed.GetValue(WarmUp),
            ComputeMs = BenchSettings.ParseTimes(parsed.GetRequiredValue(ComputeMs)),
            Threads = parsed.GetValue(Threads),
            CacheMib = parsed.GetValue(Cache),
            Seed = parsed.GetValue(Seed),
        };
        settings.Validate();
        BackendOptions backend = new() { Device = parsed.GetRequiredValue(Device), LibTorchDirectory = parsed.GetValue(LibTorch) };
        backend.Validate();
        string? report = parsed.GetValue(Report);
        RequireFolderOf(report);
        return (settings, backend, report);
    }

    /// <summary>Checks, before the measuring, that a report can be written.</summary>
    /// <exception cref="ArgumentException">Its folder does not exist.</exception>
    /// <exception cref="VsrException">It is a folder, or its folder takes no new file.</exception>
    internal static void RequireFolderOf(string? report)
    {
        if (report is null)
        {
            return;
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(report)) ?? "/";
        if (!Directory.Exists(folder))
        {
            throw new ArgumentException($"--report {report}: its folder does not exist; make it first");
        }

        if (Directory.Exists(report))
        {
            throw new VsrException($"--report {report}: is a folder; name a file in it");
        }

        if (FolderProbe.ProblemOf(folder) is { } failure)
        {
            throw new VsrException($"--report {report}: the folder {folder} takes no new file; choose another", failure);
        }
    }

    private static string CommandOf(BenchSettings settings) => $"vsr bench loader {string.Join(' ', BenchArguments.Of(settings))}";

    private static IReadOnlyList<string> MoreArguments(BackendOptions backend) => backend.LibTorchDirectory is { } folder
        ? ["--device", backend.Device, "--libtorch", folder]
        : ["--device", backend.Device];

    private static Option<T> Of<T>(string name, string description, T value) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => value,
    };
}
