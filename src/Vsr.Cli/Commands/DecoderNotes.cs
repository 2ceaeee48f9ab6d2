using Vsr.Video;

namespace Vsr.Cli.Commands;

/// <summary>Prints on standard error why the GPU is not used though there is one, or that its frames may differ.</summary>
internal static class DecoderNotes
{
    public static void Print(string file, FrameReader reader)
    {
        if (reader.FallbackReason is { } reason)
        {
            Console.Error.WriteLine($"vsr: {file}: decoded in software: {reason.ReplaceLineEndings(" ")}");
        }

        if (reader.DecoderNotice is { } notice)
        {
            Console.Error.WriteLine($"vsr: warning: {file}: frames may differ from those of software: {notice}");
        }
    }
}
