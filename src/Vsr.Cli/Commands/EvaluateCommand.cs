using System.CommandLine;
using TorchSharp;
using Vsr.Cli.Models;
using Vsr.Models;
using Vsr.Torch;
using Vsr.Training.Evaluation;
using Vsr.Video;

namespace Vsr.Cli.Commands;

/// <summary>vsr evaluate: PSNR and SSIM of a network by the published protocol, bicubic beside it; a flow network's end-point error.</summary>
internal static class EvaluateCommand
{
    private static readonly Option<string> Root = new("--root")
    {
        Description = "The ground truth: a folder of videos and folders of pictures; its val/ if it has one. For flow: a folder of NAME-img0.png, NAME-img1.png, NAME-gt.flo.",
        Required = true,
    };

    private static readonly Option<string?> LowResolution = new("--lq")
    {
        Description = "A folder of low-resolution clips of the same names, instead of reducing the ground truth.",
    };

    private static readonly Option<string?> Weights = new("--weights")
    {
        Description = "Weights of a network (.safetensors) of your own, in place of --model. For flow the default is the shipped flow network.",
    };

    private static readonly Option<string?> Model = ModelOption.Create("full, the network for clean video");

    private static readonly Option<string?> FlowWeights = new("--flownet_path", "--flownet-path")
    {
        Description = "vsrnet: weights of its flow network (.pth.tar or .safetensors) instead of those in --weights.",
    };

    private static readonly Option<string?> Network = new("--network")
    {
        Description = "The network: recurrent, vsrnet, bicubic, which only enlarges, or flow, which estimates motion. Default: that of the weights.",
    };

    private static readonly Option<int?> Scale = new("--scale") { Description = "2, 3 or 4, without --weights. Default: 4." };

    private static readonly Option<string> Device = new("--device")
    {
        Description = "auto, cpu, cuda or cuda:N.",
        DefaultValueFactory = _ => "auto",
    };

    private static readonly Option<string?> LibTorch = new("--libtorch") { Description = "Folder of the libtorch or PyTorch to load." };

    private static readonly Option<string> Precision = new("--precision")
    {
        Description = "fp32 or bf16.",
        DefaultValueFactory = _ => "fp32",
    };

    private static readonly Option<string> Decoder = DecoderOption.Create();

    private static readonly CompressionArguments Compression = new();

    private static readonly Option<bool> Rgb = new("--rgb") { Description = "Score red, green and blue instead of luma." };

    private static readonly Option<string?> Preview = new("--preview")
    {
        Description = "flow: a folder for pictures of the estimated and the true flow, drawn with Middlebury's colour wheel.",
    };

    private static readonly Option<bool> ExampleMetric = new("--example-metric")
    {
        Description = "Also give the PSNR that DALI's example shows: full-range luma, 12 rows and columns cut away.",
    };

    private static readonly Option<bool> Temporal = new("--temporal")
    {
        Description = "Also score how steady the clips are over time: warping error and flicker, by the shipped flow network.",
    };

    private static readonly Option<bool> ResetState = new("--reset-state")
    {
        Description = "Start the network anew at every frame: what its state is worth. Recurrent networks only.",
    };

    private static readonly Option<int?> FrameLimit = new("--val-frames") { Description = "Score only the first frames of every clip." };

    private static readonly Option<string?> Pictures = new("--pictures")
    {
        Description = "A folder for .png of every clip's middle frame: input, bicubic, output and truth.",
    };

    private static readonly Option<bool> AllPictures = new("--all-pictures") { Description = "With --pictures: of every frame scored." };

    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON instead of a table." };

    public static Command Create()
    {
        Command command = new("evaluate", "Score a network on clips: PSNR and SSIM, bicubic beside it. Or a flow network on pairs.")
        {
            Root, LowResolution, Model, Weights, FlowWeights, Network, Scale, Device, LibTorch, Precision, Decoder, Compression.Crf, Compression.Codec,
            Rgb, ExampleMetric, Temporal, ResetState, FrameLimit, Pictures, AllPictures, Preview, Json,
        };
        command.SetAction(parsed => parsed.GetValue(Network) == NetworkCatalog.Flow ? RunFlow(parsed) : Run(parsed));
        return command;
    }

    private static int RunFlow(ParseResult parsed)
    {
        RequireAbsent(parsed, "is not for --network flow", LowResolution, Model, FlowWeights, Scale, Decoder, Compression.Crf, Compression.Codec,
            Rgb, ExampleMetric, Temporal, ResetState, FrameLimit, Pictures, AllPictures);
        FlowEvaluation evaluation = new(
            parsed.GetRequiredValue(Root),
            parsed.GetValue(Weights),
            parsed.GetRequiredValue(Precision),
            parsed.GetValue(Preview),
            parsed.GetValue(Json));
        AsUsage(evaluation.Validate);
        BackendOptions backendOptions = new() { Device = parsed.GetRequiredValue(Device), LibTorchDirectory = parsed.GetValue(LibTorch) };
        AsUsage(backendOptions.Validate);
        using Termination termination = new();
        try
        {
            return evaluation.Run(backendOptions, termination.Token);
        }
        catch (OperationCanceledException)
        {
            return termination.ExitCode;
        }
    }

    private static int Run(ParseResult parsed)
    {
        RequireAbsent(parsed, "is for --network flow", Preview);
        EvaluatedNetwork choice = ReadNetwork(parsed);
        EvaluationOptions options = ReadOptions(parsed);
        IReadOnlyList<ClipCompression> compressions = UsageException.Of("evaluate", () => Compression.Read(parsed));
        if (compressions.Count > 0)
        {
            RequireAbsent(parsed, "gives the input, which --crf makes of the ground truth", LowResolution);
        }

        BackendOptions backendOptions = new() { Device = parsed.GetRequiredValue(Device), LibTorchDirectory = parsed.GetValue(LibTorch) };
        AsUsage(backendOptions.Validate);
        IReadOnlyList<string> clips = EvaluationClips.Find(parsed.GetRequiredValue(Root));
        IReadOnlyList<string>? lowResolution = parsed.GetValue(LowResolution) is { } folder ? EvaluationClips.Find(folder) : null;
        choice = choice.Locate();
        string? flowWeights = parsed.GetValue(Temporal) ? RequireFlow() : null;
        OutputFolder.Create(options.PicturesFolder);

        using Termination termination = new();
        Backend backend = Backend.Load(backendOptions);
        using IFrameUpscaler upscaler = choice.Create(backend.Device, termination.Token);
        using FlowNetwork? flow = flowWeights is null ? null : NetworkWeights.LoadFlow(flowWeights);
        flow?.to(backend.Device);
        options = options with { TemporalFlow = flow };
        Evaluator evaluator = new(upscaler, backend.Device, options);
        EvaluationReport report = new(parsed.GetValue(Json), options, choice.Describe());
        try
        {
            FrameReaderOptions reading = new()
            {
                Decoder = DecoderOption.For(parsed, Decoder, backendOptions.Device),
                Device = Math.Max(0, backend.Device.index),
            };
            foreach (ClipCompression? compression in compressions.DefaultIfEmpty())
            {
                Score(clips, lowResolution, compression, reading, evaluator, report, termination.Token);
            }

            report.Finish();
            return report.HasFailures ? ExitCode.Failure : ExitCode.Success;
        }
        catch (OperationCanceledException)
        {
            return termination.ExitCode;
        }
    }

    private static void Score(
        IReadOnlyList<string> clips,
        IReadOnlyList<string>? lowResolution,
        ClipCompression? compression,
        FrameReaderOptions reading,
        Evaluator evaluator,
        EvaluationReport report,
        CancellationToken cancellation)
    {
        report.Start(clips, compression);
        foreach (string clip in clips)
        {
            try
            {
                using IFrameSource truth = FrameSource.Open(clip, reading);
                using IFrameSource? lr = lowResolution is null ? null : FrameSource.Open(
                    EvaluationClips.Match(lowResolution, clip), reading);
                IProgress<int>? progress = EvaluationReport.ProgressOf(truth);
                report.Add(compression is null
                    ? evaluator.ScoreClip(truth, lr, progress, cancellation)
                    : evaluator.ScoreCompressedClip(truth, compression, progress, cancellation));
                foreach (VideoFrameSource video in new[] { truth, lr }.OfType<VideoFrameSource>())
                {
                    DecoderNotes.Print(video.Name, video.Reader);
                }
            }
            catch (Exception failure) when (failure is VsrException and not BackendException)
            {
                report.Warn(clip, failure);
            }
        }

        report.FinishTable();
    }

    private static void RequireAbsent(ParseResult parsed, string reason, params Option[] options)
    {
        if (options.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new UsageException($"{given.Name} {reason}; leave it out") { Hint = "see: vsr evaluate --help" };
        }
    }

    private static string RequireFlow() => ShippedWeights.FindFlow() ?? throw new VsrException(
        "--temporal needs the flow network's weights, and none are shipped")
    {
        Hint = "flow.safetensors belongs in the folder models, or in that of VSR_MODELS; 'vsr train --network flow' makes one",
    };

    private static EvaluationOptions ReadOptions(ParseResult parsed)
    {
        EvaluationOptions options = new()
        {
            Rgb = parsed.GetValue(Rgb),
            ExampleMetric = parsed.GetValue(ExampleMetric),
            ResetState = parsed.GetValue(ResetState),
            FrameLimit = parsed.GetValue(FrameLimit),
            PicturesFolder = parsed.GetValue(Pictures),
            PicturesOfAllFrames = parsed.GetValue(AllPictures),
        };
        AsUsage(() =>
        {
            if (options.FrameLimit < 1)
            {
                throw new ArgumentException($"--val-frames {options.FrameLimit} scores nothing; use 1 or more");
            }

            OutputFolder.RequireNoFile("--pictures", options.PicturesFolder);
            if (options is { PicturesOfAllFrames: true, PicturesFolder: null })
            {
                throw new ArgumentException("--all-pictures is with --pictures FOLDER; name the folder");
            }
        });
        return options;
    }

    private static EvaluatedNetwork ReadNetwork(ParseResult parsed)
    {
        EvaluatedNetwork network = new(
            parsed.GetValue(Network),
            parsed.GetValue(Weights),
            parsed.GetValue(Scale),
            parsed.GetRequiredValue(Precision),
            parsed.GetValue(FlowWeights),
            parsed.GetValue(Model) is { } model ? ModelOption.Check(ModelOption.Name, model) : null,
            parsed.GetValue(ResetState));
        AsUsage(network.Validate);
        return network;
    }

    /// <summary>What the options' own check finds is wrong on the command line.</summary>
    private static void AsUsage(Action check) => UsageException.Of("evaluate", () =>
    {
        check();
        return true;
    });
}
