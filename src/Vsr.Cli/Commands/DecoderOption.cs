using System.CommandLine;
using Vsr.Video;

namespace Vsr.Cli.Commands;

/// <summary>--decoder auto|software|nvdec, as every command that reads videos has it.</summary>
internal static class DecoderOption
{
    private static readonly string[] Names = ["auto", "software", "nvdec"];

    /// <summary>Makes the option for a command.</summary>
    public static Option<string> Create()
    {
        Option<string> option = new("--decoder")
        {
            Description = "What decodes: auto (the GPU's NVDEC where it gives the same frames, else software), software, or "
                + "nvdec (an error where that is impossible).",
            DefaultValueFactory = _ => Names[0],
        };
        option.AcceptOnly(Names);
        return option;
    }

    /// <summary>What the command line asks for.</summary>
    public static VideoDecoderKind Get(ParseResult parsed, Option<string> option) => parsed.GetValue(option) switch
    {
        "software" => VideoDecoderKind.Software,
        "nvdec" => VideoDecoderKind.Nvdec,
        _ => VideoDecoderKind.Auto,
    };

    /// <summary>What a command that computes asks for: where it was told to leave the GPU alone, auto does too.</summary>
    public static VideoDecoderKind For(ParseResult parsed, Option<string> option, string device) =>
        Get(parsed, option) is var asked && asked == VideoDecoderKind.Auto && device == "cpu" ? VideoDecoderKind.Software : asked;
}
