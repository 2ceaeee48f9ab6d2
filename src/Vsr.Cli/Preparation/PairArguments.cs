using System.CommandLine;
using Vsr.Data;
using Vsr.Data.Preparation;

namespace Vsr.Cli.Preparation;

/// <summary>The options of making pairs.</summary>
internal sealed class PairArguments
{
    private const string Both = "both";

    private static readonly DegradationOptions Defaults = new();
    private static readonly StillSequenceOptions StillDefaults = new() { Folder = "-" };

    private readonly Option<string?> _root = new("--root")
    {
        Description = "The clips at high resolution: a folder of videos and folders of pictures; its train/ if it has train/ and val/.",
    };

    private readonly Option<string> _outData = new("--out-data", "--out_data")
    {
        Description = "The folder of the pairs: lr/, hr/ and manifest.json.",
        Required = true,
    };

    private readonly Option<int> _scale = new("--scale") { Description = "How much smaller: 2, 3 or 4.", DefaultValueFactory = _ => Defaults.Scale };

    private readonly Option<string> _crf = Range("--crf", "Constant rate factors, from..to or one.", Defaults.Crf);

    private readonly Option<string> _codec = new("--codec") { Description = "h264, hevc or both.", DefaultValueFactory = _ => "h264" };

    private readonly Option<double> _hevcShare = Share("--hevc-share", "With --codec both: share of the files that are HEVC.", 0.5);

    private readonly Option<string> _blur = Range("--blur", "The blur's standard deviations in high-resolution pixels.", Defaults.BlurSigma);

    private readonly Option<double> _blurShare = Share("--blur-share", "Share of the files that are blurred.", Defaults.BlurShare);

    private readonly Option<string> _noise = Range("--noise", "The noise's standard deviations in 8-bit levels.", Defaults.NoiseSigma);

    private readonly Option<double> _noiseShare = Share("--noise-share", "Share of the files that get noise.", Defaults.NoiseShare);

    private readonly Option<int> _variants = new("--variants") { Description = "Low-resolution files of each clip.", DefaultValueFactory = _ => 1 };

    private readonly Option<string?> _stills = new("--stills") { Description = "A folder of photographs to set in motion, beside the clips or alone." };

    private readonly Option<int?> _stillsCount = new("--stills-count") { Description = $"Sequences of these. Default: {StillDefaults.Count}." };

    private readonly Option<int?> _stillsFrames = new("--stills-frames") { Description = $"Frames of each. Default: {StillDefaults.Frames}." };

    private readonly Option<int?> _stillsSize = new("--stills-size") { Description = $"Their width and height. Default: {StillDefaults.Size}." };

    private readonly Option<ulong> _seed = new("--seed") { Description = "What all numbers are drawn from, with a clip's name.", DefaultValueFactory = _ => 0 };

    private readonly Option<int?> _jobs = new("--jobs") { Description = "Files at a time. Default: half the processors, two at least." };

    /// <summary>All of them, for a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[]
        {
            _root, _outData, _scale, _crf, _codec, _hevcShare, _blur, _blurShare, _noise, _noiseShare, _variants, _stills, _stillsCount,
            _stillsFrames, _stillsSize, _seed, _jobs,
        })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What the command line asks for.</summary>
    /// <exception cref="ArgumentException">A value is out of range, or two options contradict each other.</exception>
    public PairOptions Read(ParseResult parsed)
    {
        PairOptions options = new()
        {
            Root = parsed.GetValue(_root),
            OutData = parsed.GetRequiredValue(_outData),
            Degradation = new DegradationOptions
            {
                Scale = parsed.GetRequiredValue(_scale),
                Crf = ValueRange.Parse(parsed.GetRequiredValue(_crf)),
                BlurSigma = ValueRange.Parse(parsed.GetRequiredValue(_blur)),
                BlurShare = parsed.GetRequiredValue(_blurShare),
                NoiseSigma = ValueRange.Parse(parsed.GetRequiredValue(_noise)),
                NoiseShare = parsed.GetRequiredValue(_noiseShare),
                HevcShare = HevcShare(parsed),
            },
            Variants = parsed.GetRequiredValue(_variants),
            Seed = parsed.GetRequiredValue(_seed),
            Stills = Stills(parsed),
            Jobs = parsed.GetValue(_jobs),
        };
        options.Validate();
        return options;
    }

    private double HevcShare(ParseResult parsed)
    {
        string codec = parsed.GetRequiredValue(_codec);
        if (codec != Both)
        {
            return parsed.GetResult(_hevcShare) is { Implicit: false }
                ? throw new ArgumentException($"--hevc-share is for --codec {Both}; leave it out with {codec}")
                : CompressionEncoding.CodecOf(codec, Both) == CompressionCodec.Hevc ? 1 : 0;
        }

        return parsed.GetRequiredValue(_hevcShare);
    }

    private StillSequenceOptions? Stills(ParseResult parsed)
    {
        if (parsed.GetValue(_stills) is { } folder)
        {
            return new StillSequenceOptions
            {
                Folder = folder,
                Count = parsed.GetValue(_stillsCount) ?? StillDefaults.Count,
                Frames = parsed.GetValue(_stillsFrames) ?? StillDefaults.Frames,
                Size = parsed.GetValue(_stillsSize) ?? StillDefaults.Size,
            };
        }

        Option? alone = new Option[] { _stillsCount, _stillsFrames, _stillsSize }.FirstOrDefault(option => parsed.GetResult(option) is not null);
        return alone is null ? null : throw new ArgumentException($"{alone.Name} needs --stills, a folder of photographs");
    }

    private static Option<string> Range(string name, string description, ValueRange range) =>
        new(name) { Description = description, DefaultValueFactory = _ => range.ToString() };

    private static Option<double> Share(string name, string description, double share) =>
        new(name) { Description = description, DefaultValueFactory = _ => share };
}
