using System.CommandLine;
using Vsr.Cli.Preparation;
using Vsr.Data.Preparation;

namespace Vsr.Cli.Commands;

/// <summary>vsr prepare frames: the frames of scenes as pictures.</summary>
internal static class PrepareFramesCommand
{
    private static readonly Option<string> MainData = CopyArguments.MakeMainData();
    private static readonly Option<string> Scaling = CopyArguments.MakeScaling();
    private static readonly Option<bool> Quiet = CopyArguments.MakeQuiet();

    private static readonly Option<string> ResolutionOption = new("--resolution")
    {
        Description = "540p, 720p, 1080p, 4K, or another number of lines with a p.",
        Required = true,
    };

    private static readonly Option<string?> Format = new("--format") { Description = "png or jpg; given, it is part of the folder's name. Default: png." };

    private static readonly Option<int?> Quality = new("-q", "--quality")
    {
        Description = "Of .jpg 2 (best) to 31, default 4; of .png how hard it is compressed, 0 to 9. Given, it is part of the folder's name.",
    };

    private static readonly Option<bool> Transcoded = new("--transcoded")
    {
        Description = "Read the transcoded scenes of this size, and not the split ones.",
    };

    private static readonly Option<string?> Codec = new("--codec") { Description = "Which transcoded scenes: as it was given for them." };
    private static readonly Option<int?> Crf = new("--crf") { Description = "Which transcoded scenes: as it was given for them." };
    private static readonly Option<int?> KeyInt = new("--keyint") { Description = "Which transcoded scenes: as it was given for them." };
    private static readonly Option<int?> Jobs = new("--jobs") { Description = "Threads that write pictures. Default: one a processor." };

    public static Command Create()
    {
        Command command = new("frames", "Write the scenes' frames to DIR/RESOLUTION/frames[...]/{train,val}/N/00001.png and so on.")
        {
            MainData, ResolutionOption, Format, Quality, Transcoded, Codec, Crf, KeyInt, Scaling, Jobs, Quiet,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        FrameExtractor extractor = UsageException.Of("prepare frames", () => new FrameExtractor(new FrameExtractionOptions
        {
            MainData = parsed.GetRequiredValue(MainData),
            Resolution = Resolution.Parse(parsed.GetRequiredValue(ResolutionOption)),
            Format = parsed.GetValue(Format),
            Quality = parsed.GetValue(Quality),
            Transcoded = parsed.GetValue(Transcoded),
            Codec = parsed.GetValue(Codec),
            Crf = parsed.GetValue(Crf),
            KeyInt = parsed.GetValue(KeyInt),
            Scaling = CopyArguments.FilterOf(parsed.GetRequiredValue(Scaling)),
            Jobs = parsed.GetValue(Jobs),
        }));
        return PreparationRun.Run(parsed.GetValue(Quiet), (observer, cancellation) => [extractor.Run(observer, cancellation)]);
    }
}
