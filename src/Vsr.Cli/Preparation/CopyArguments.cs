using System.CommandLine;
using Vsr.Data.Preparation;
using Vsr.Video;

namespace Vsr.Cli.Preparation;

/// <summary>The options of size, codec and quality that several prepare commands share, under the example's names and .NET-style ones.</summary>
internal sealed class CopyArguments
{
    private static readonly string[] Filters = ["bilinear", "bicubic", "lanczos"];

    public Option<string?> Codec { get; } = new("--codec") { Description = "h264 or hevc; given, it is part of the folder's name. Default: h264." };

    public Option<int?> Crf { get; } = new("--crf") { Description = "Constant rate factor; given, it is part of the folder's name. Default: 18." };

    public Option<int?> KeyInt { get; } = new("--keyint")
    {
        Description = "Frames from key frame to key frame; given, it is part of the folder's name. Default: 4.",
    };

    public Option<int> Bits { get; } = new("--bits") { Description = "8, or 10 with hevc.", DefaultValueFactory = _ => 8 };

    public Option<string> Preset { get; } = new("--preset") { Description = "The encoder's preset.", DefaultValueFactory = _ => "medium" };

    public Option<string> Scaling { get; } = MakeScaling();

    public Option<int?> Jobs { get; } = new("--jobs") { Description = "Scenes at a time. Default: half the processors, two at least." };

    public Option<bool> NoEnlarge { get; } = new("--no-enlarge") { Description = "Leave out scenes with fewer lines, also at a size that is named." };

    public Option<bool> Quiet { get; } = MakeQuiet();

    /// <summary>--main_data of the steps that read scenes.</summary>
    public static Option<string> MakeMainData() => new("--main-data", "--main_data")
    {
        Description = "The data set's folder, with orig/scenes in it.",
        Required = true,
    };

    /// <summary>--scaling.</summary>
    public static Option<string> MakeScaling()
    {
        Option<string> option = new("--scaling") { Description = "How sizes are changed: bilinear, bicubic or lanczos.", DefaultValueFactory = _ => "bicubic" };
        option.AcceptOnly(Filters);
        return option;
    }

    /// <summary>--quiet.</summary>
    public static Option<bool> MakeQuiet() => new("--quiet") { Description = "Show no progress." };

    /// <summary>The filter of a name.</summary>
    public static ScalingFilter FilterOf(string name) => Enum.Parse<ScalingFilter>(name, ignoreCase: true);

    /// <summary>The transcoding that the command line asks for.</summary>
    public TranscodeOptions Read(ParseResult parsed, string data, Resolution resolution) => new()
    {
        MainData = data,
        Resolution = resolution,
        Codec = parsed.GetValue(Codec),
        Crf = parsed.GetValue(Crf),
        KeyInt = parsed.GetValue(KeyInt),
        BitDepth = parsed.GetValue(Bits),
        Preset = parsed.GetRequiredValue(Preset),
        Scaling = FilterOf(parsed.GetRequiredValue(Scaling)),
        Jobs = parsed.GetValue(Jobs),
        Enlarge = !parsed.GetValue(NoEnlarge),
    };
}
