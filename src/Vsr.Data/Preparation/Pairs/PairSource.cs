using Vsr.Data.Preparation.Manifests;

namespace Vsr.Data.Preparation.Pairs;

/// <summary>A high-resolution clip that becomes pairs.</summary>
/// <param name="Path">The file, or the folder of pictures.</param>
/// <param name="Name">What its low-resolution files are named after and its numbers are drawn from.</param>
/// <param name="File">The same for the manifest.</param>
/// <param name="Frames">Its frames.</param>
internal sealed record PairSource(string Path, string Name, SourceEntry File, int Frames)
{
    /// <summary>The name of a clip: without folder and, for a file, without extension.</summary>
    public static string NameOf(string path) =>
        Directory.Exists(path) ? System.IO.Path.GetFileName(path) : System.IO.Path.GetFileNameWithoutExtension(path);
}
