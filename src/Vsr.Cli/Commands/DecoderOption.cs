using System.CommandLine;
using Vsr.Video;

namespace Vsr.Cli.Commands;

/// <summary>--decoder, the same for every command that reads videos.</summary>
internal static class DecoderOption
{
    public const string Name = "--decoder";

    public static readonly string[] Words = ["auto", "software", "nvdec"];

    /// <summary>A command's own option; "auto" when it is left out.</summary>
    public static Option<string> Create()
    {
        Option<string> option = new(Name)
        {
            Description = "What decodes videos: software, nvdec (the GPU's engine, or an error), or auto.",
            DefaultValueFactory = _ => Words[0],
        };
        option.AcceptOnlyFromAmong(Words);
        return option;
    }

    /// <summary>What the word means.</summary>
    public static VideoDecoderKind Read(ParseResult parsed, Option<string> option) => parsed.GetRequiredValue(option) switch
    {
        "software" => VideoDecoderKind.Software,
        "nvdec" => VideoDecoderKind.Nvdec,
        _ => VideoDecoderKind.Auto,
    };
}
