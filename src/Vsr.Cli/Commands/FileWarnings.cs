using Vsr.Video;

namespace Vsr.Cli.Commands;

/// <summary>Prints on standard error what is wrong with a file though frames come out of it.</summary>
internal static class FileWarnings
{
    public static void Print(string file, FrameIndex index)
    {
        foreach (string warning in index.Warnings)
        {
            Console.Error.WriteLine($"vsr: warning: {file}: {warning.ReplaceLineEndings(" ")}");
        }
    }
}
