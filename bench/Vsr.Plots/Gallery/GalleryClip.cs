using SkiaSharp;

namespace Vsr.Plots.Gallery;

/// <summary>A clip whose frames lie in the folder of eng/gallery.</summary>
/// <param name="Folder">The folder of methods.</param>
/// <param name="Name">The clip's name.</param>
/// <param name="FrameCount">How many frames were enlarged.</param>
/// <param name="Width">Columns of the truth.</param>
/// <param name="Height">Lines of the truth.</param>
internal sealed record GalleryClip(string Folder, string Name, int FrameCount, int Width, int Height)
{
    private const string TruthSuffix = "-truth.png", FirstTruth = "-000000" + TruthSuffix;

    /// <summary>The clips in the order of their names.</summary>
    /// <exception cref="ReportException">There is none, or a picture cannot be read.</exception>
    public static IReadOnlyList<GalleryClip> List(string folder)
    {
        string pictures = PicturesOf(folder, GalleryMethod.Bicubic);
        string[] files = Directory.Exists(pictures) ? [.. Directory.GetFiles(pictures).Select(file => Path.GetFileName(file))] : [];
        string[] names = [.. files.Where(file => file.EndsWith(FirstTruth, StringComparison.Ordinal)).Select(file => file[..^FirstTruth.Length])
            .Order(StringComparer.Ordinal)];
        return names.Length > 0
            ? [.. names.Select(name => Read(folder, name, files))]
            : throw new ReportException($"there is no frame in {pictures}; eng/gallery CLIPS WORK makes some");
    }

    /// <summary>A frame of the truth; the caller's to dispose.</summary>
    /// <exception cref="ReportException">It cannot be read.</exception>
    public SKBitmap ReadTruth(int frame) => Decode(FileOf(Folder, GalleryMethod.Bicubic, Name, frame) + TruthSuffix);

    /// <summary>A frame of what a method made; the caller's to dispose.</summary>
    /// <exception cref="ReportException">It cannot be read, or is of another size than the truth.</exception>
    public SKBitmap Read(string method, int frame)
    {
        string path = FileOf(Folder, method, Name, frame) + "-output.png";
        SKBitmap picture = Decode(path);
        if ((picture.Width, picture.Height) == (Width, Height))
        {
            return picture;
        }

        string size = $"{picture.Width}x{picture.Height}";
        picture.Dispose();
        throw new ReportException($"{path} is of {size} pixels, the truth of {Width}x{Height}");
    }

    private static GalleryClip Read(string folder, string name, string[] files)
    {
        using SKBitmap first = Decode(FileOf(folder, GalleryMethod.Bicubic, name, 0) + TruthSuffix);
        HashSet<string> found = [.. files];
        int count = Enumerable.Range(1, files.Length).First(frame => !found.Contains(FormattableString.Invariant($"{name}-{frame:000000}{TruthSuffix}")));
        return new GalleryClip(folder, name, count, first.Width, first.Height);
    }

    private static string PicturesOf(string folder, string method) => Path.Combine(folder, method, "pictures");

    private static string FileOf(string folder, string method, string name, int frame) =>
        Path.Combine(PicturesOf(folder, method), FormattableString.Invariant($"{name}-{frame:000000}"));

    private static SKBitmap Decode(string path) =>
        SKBitmap.Decode(path) ?? throw new ReportException($"{path} is no picture, or is not there");
}
