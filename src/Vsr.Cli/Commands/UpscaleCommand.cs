using System.CommandLine;
using System.Globalization;
using TorchSharp;
using Vsr.Cli.Models;
using Vsr.Models;
using Vsr.Torch;
using Vsr.Upscaling;
using Vsr.Video;

namespace Vsr.Cli.Commands;

/// <summary>vsr upscale: a whole video through a network; everything else of the file is kept.</summary>
internal static class UpscaleCommand
{
    private static readonly Argument<string> Input = new("IN") { Description = "The video." };
    private static readonly Argument<string> Output = new("OUT") { Description = "The file to write: .mp4, .m4v, .mov or .mkv." };
    private static readonly Option<string?> Weights = new("--weights") { Description = "Weights of a network (.safetensors) of your own, in place of --model." };
    private static readonly Option<string?> FlowWeights = new("--flownet_path", "--flownet-path") { Description = "vsrnet: weights of its flow network (.pth.tar or .safetensors) instead of those in --weights." };
    private static readonly Option<int?> Scale = new("--scale") { Description = "How many times wider and higher. Default: that of the weights, else 4." };
    private static readonly Option<string> Codec = new("--codec") { Description = "FFmpeg's name of the video encoder.", DefaultValueFactory = _ => "libx264" };
    private static readonly Option<int?> Crf = new("--crf") { Description = "The encoder's constant rate factor; lower is better.", DefaultValueFactory = _ => 16 };
    private static readonly Option<string?> Preset = new("--preset") { Description = "The encoder's preset, as 'fast' or 'slow'." };
    private static readonly Option<int?> Stream = StreamOption.Create("The video stream to upscale. Default: the first that is no attached picture.");
    private static readonly Option<string?> Preview = new("--preview") { Description = "Write a picture of the middle frame: bicubic on the left, the network on the right." };
    private static readonly Option<bool> Overwrite = new("--overwrite") { Description = "Replace files that exist." };
    private static readonly Option<bool> Strict = new("--strict") { Description = "Fail when the output cannot hold a stream of the input." };
    private static readonly Option<string> Device = new("--device") { Description = "auto, cpu, cuda or cuda:N.", DefaultValueFactory = _ => "auto" };
    private static readonly Option<string> Precision = new("--precision") { Description = "fp32 or bf16. Default: bf16 on a GPU and on processors with instructions for it (AMX or AVX512_BF16), else fp32.", DefaultValueFactory = _ => "auto" };
    private static readonly Option<string> Decoder = DecoderOption.Create();
    private static readonly Option<string?> LibTorch = new("--libtorch") { Description = "The folder of the libtorch to load, for a GPU." };

    public static Command Create()
    {
        Command command = new("upscale", "Upscale a video; sound, subtitles, times and colours are kept.")
        {
            Input, Output, Weights, FlowWeights, Scale, Codec, Crf, Preset, Stream, Preview, Overwrite, Strict, Device, Precision, Decoder, LibTorch,
        };
        foreach (Option option in UpscaleModel.Options)
        {
            command.Add(option);
        }

        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        string input = parsed.GetRequiredValue(Input);
        string output = parsed.GetRequiredValue(Output);
        UpscaleOptions options = ReadOptions(parsed, input, output);
        string precision = ReadPrecision(parsed);
        BackendOptions backendOptions = ReadBackend(parsed);
        UpscaleModel model = UpscaleModel.Read(parsed, parsed.GetValue(Weights), parsed.GetValue(FlowWeights), parsed.GetValue(Scale));
        VideoUpscaler.CheckFiles(input, output, options);
        model.RequireFile();

        using Termination termination = new();
        try
        {
            Backend backend = Backend.Load(backendOptions);
            (string weights, string line) = model.Locate(input, options.Stream, backend);
            Console.Error.WriteLine($"vsr: {line}");
            using SuperResolutionNetwork network = LoadNetwork(weights, parsed.GetValue(FlowWeights), parsed.GetValue(Scale));
            network.to(backend.Device);
            using IFrameUpscaler upscaler = network.CreateUpscaler(new InferenceOptions
            {
                Precision = precision == "bf16" || (precision == "auto" && (backend.IsCuda || CpuFeatures.HasBf16))
                    ? InferencePrecision.Bf16
                    : InferencePrecision.Fp32,
                Cancellation = termination.Token,
            });
            using UpscaleProgressDisplay display = UpscaleProgressDisplay.Create(Path.GetFileName(output));
            UpscaleResult result = new VideoUpscaler(upscaler, backend).Run(input, output, options, display, termination.Token);
            display.Dispose();
            Report(output, result);
            return ExitCode.Success;
        }
        catch (OperationCanceledException) when (termination.Token.IsCancellationRequested)
        {
            Console.Error.WriteLine($"vsr: stopped; nothing was written to '{output}'");
            return termination.ExitCode;
        }
    }

    private static UpscaleOptions ReadOptions(ParseResult parsed, string input, string output)
    {
        UpscaleOptions options = new()
        {
            Codec = parsed.GetRequiredValue(Codec),
            Crf = parsed.GetValue(Crf),
            Preset = parsed.GetValue(Preset),
            Stream = parsed.GetValue(Stream),
            Decoder = DecoderOption.For(parsed, Decoder, parsed.GetRequiredValue(Device)),
            Preview = parsed.GetValue(Preview),
            Overwrite = parsed.GetValue(Overwrite),
            Strict = parsed.GetValue(Strict),
        };
        try
        {
            options.Validate();
            UpscaleOptions.ValidatePaths(input, output);
        }
        catch (ArgumentException misuse)
        {
            throw new UsageException(misuse.Message);
        }

        return parsed.GetValue(Scale) is < 1
            ? throw new UsageException($"--scale {parsed.GetValue(Scale)} is below 1; 4 is usual")
            : options;
    }

    private static BackendOptions ReadBackend(ParseResult parsed)
    {
        BackendOptions options = new() { Device = parsed.GetRequiredValue(Device), LibTorchDirectory = parsed.GetValue(LibTorch) };
        try
        {
            options.Validate();
            return options;
        }
        catch (ArgumentException misuse)
        {
            throw new UsageException(misuse.Message);
        }
    }

    private static string ReadPrecision(ParseResult parsed) => parsed.GetRequiredValue(Precision) is "auto" or "fp32" or "bf16"
        ? parsed.GetRequiredValue(Precision)
        : throw new UsageException($"--precision {parsed.GetValue(Precision)} is neither fp32 nor bf16");

    private static SuperResolutionNetwork LoadNetwork(string weights, string? flowWeights, int? scale)
    {
        SuperResolutionNetwork network = NetworkWeights.LoadSuperResolution(weights, flowWeights);
        if (scale is { } wanted && wanted != network.Scale)
        {
            network.Dispose();
            throw new VsrException($"the weights '{weights}' enlarge {network.Scale} times, not {wanted}; leave --scale out");
        }

        return network;
    }

    private static void Report(string output, UpscaleResult result)
    {
        foreach (string warning in result.Warnings)
        {
            Console.Error.WriteLine($"vsr: {warning}");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{output}: {result.Frames} frames {result.Width}x{result.Height}, {result.Seconds:0.0} s, "
            + $"{result.FramesPerSecond:0.00} frames/s, network {result.NetworkMillisecondsPerFrame:0.0} ms/frame"
            + $"{(result.Decoder == VideoDecoderKind.Nvdec ? ", decoded by NVDEC" : "")}"));
    }
}
