using SkiaSharp;

namespace Vsr.Plots.Gallery;

/// <summary>The panels of one crop: the files beside the page in images/, and each method's PSNR, the truth left out.</summary>
/// <param name="Crop">What is shown.</param>
/// <param name="DetailFile">The detail by every method.</param>
/// <param name="ProfileFile">The column over time by every method.</param>
/// <param name="FirstFrame">The first frame of the column over time.</param>
/// <param name="FrameCount">Its frames.</param>
/// <param name="DetailDb">By method, in their order.</param>
/// <param name="ProfileDb">Likewise.</param>
internal sealed record ShownCrop(
    Crop Crop, string DetailFile, string ProfileFile, int FirstFrame, int FrameCount, IReadOnlyList<double> DetailDb, IReadOnlyList<double> ProfileDb);

/// <summary>Makes the page of a gallery, with its pictures beside it in images/.</summary>
internal static class GalleryReport
{
    private const int MostProfileFrames = 96;
    private const int MostBytes = 1_000_000;
    private const int BestCompression = 9;

    /// <summary>Writes FOLDER/gallery.md and FOLDER/images/gallery-*.png, and prints their names. Pictures of an earlier gallery are removed.</summary>
    /// <exception cref="ReportException">The gallery's folder is not what is needed.</exception>
    public static void Write(string work, string folder)
    {
        GalleryFolder gallery = GalleryFolder.Read(work);
        string images = Path.Combine(folder, "images");
        Directory.CreateDirectory(images);
        string[] before = Directory.GetFiles(images, "gallery-*.png");
        List<ShownCrop> shown = [];
        foreach (GalleryClip clip in gallery.Clips)
        {
            shown.AddRange(gallery.Crops[clip.Name].Select((crop, i) => Show(gallery.Methods, clip, crop, $"gallery-{clip.Name}-{i + 1}", images)));
        }

        string page = Path.Combine(folder, "gallery.md");
        File.WriteAllText(page, GalleryPage.Write(gallery, shown));
        string[] files = [.. shown.SelectMany(crop => new[] { crop.DetailFile, crop.ProfileFile }).Select(file => Path.Combine(images, file))];
        Array.ForEach([.. before.Except(files)], File.Delete);
        Array.ForEach([.. files, page], Console.WriteLine);
        long bytes = files.Sum(file => new FileInfo(file).Length);
        if (bytes > MostBytes)
        {
            Console.Error.WriteLine($"Vsr.Plots: the pictures are of {bytes} bytes, over {MostBytes}: too many for a repository; show fewer or smaller crops");
        }
    }

    private static ShownCrop Show(IReadOnlyList<GalleryMethod> methods, GalleryClip clip, Crop crop, string name, string images)
    {
        int count = Math.Min(MostProfileFrames, clip.FrameCount);
        int first = Math.Clamp(crop.Frame - (count / 2), 0, clip.FrameCount - count);
        string detail = $"{name}.png", profile = $"{name}-time.png";
        return new ShownCrop(
            crop, detail, profile, first, count,
            WritePanel(methods, method => Cuts.Detail(clip, crop, method), crop.Column - crop.X, Path.Combine(images, detail)),
            WritePanel(methods, method => Cuts.ColumnOverTime(clip, crop, method, first, count), null, Path.Combine(images, profile)));
    }

    private static double[] WritePanel(IReadOnlyList<GalleryMethod> methods, Func<string?, SKBitmap> cut, int? markedColumn, string path)
    {
        using SKBitmap truth = cut(null);
        SKBitmap[] pictures = [.. methods.Select(method => cut(method.Name))];
        double[] psnrsDb = [.. pictures.Select(picture => Luma.PsnrDb(picture, truth))];
        Tile[] tiles = [.. methods.Select((method, i) => new Tile(FormattableString.Invariant($"{method.Label} {psnrsDb[i]:0.00} dB"), pictures[i])), new("truth", truth)];
        using SKBitmap panel = TilePanel.Draw(tiles, markedColumn);
        using SKPixmap pixels = panel.PeekPixels();
        using SKData png = pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.AllFilters, BestCompression))
            ?? throw new ReportException($"{path} cannot be encoded");
        File.WriteAllBytes(path, png.ToArray());
        Array.ForEach(pictures, picture => picture.Dispose());
        return psnrsDb;
    }
}
