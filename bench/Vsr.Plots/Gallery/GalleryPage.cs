using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Vsr.Plots.Gallery;

/// <summary>Writes docs/gallery.md: what is shown, the figures beside it, and how it was made.</summary>
internal static class GalleryPage
{
    /// <summary>The page.</summary>
    /// <param name="gallery">The data.</param>
    /// <param name="shown">The panels, clip by clip.</param>
    public static string Write(GalleryFolder gallery, IReadOnlyList<ShownCrop> shown)
    {
        StringBuilder page = new();
        page.AppendLine("# What the eye sees").AppendLine()
            .AppendLine("The same frames, reduced to 1/4 and rounded to 8 bit by the protocol of [metrics.md](metrics.md), enlarged by each method, beside the truth.")
            .AppendLine("This page and its pictures are written by `eng/gallery`; every pixel of a frame is a square of whole pixels here, in its own colour. The")
            .AppendLine("figures over the pictures are the PSNR of what is seen, on luma. The second picture of each detail is a column of pixels over time, one frame after")
            .AppendLine("the other from left to right: what stands still is a level line there, what flickers is broken up or jagged where the truth is smooth.").AppendLine();
        WriteMethods(page, gallery);
        foreach (GalleryClip clip in gallery.Clips)
        {
            WriteClip(page, gallery, clip, [.. shown.Where(crop => crop.Crop.Clip == clip.Name)]);
        }

        Heading(page, "How it was made");
        WriteMachine(page, gallery);
        return page.ToString().TrimEnd() + "\n";
    }

    private static void WriteMethods(StringBuilder page, GalleryFolder gallery)
    {
        page.AppendLine("| method | what it is |").AppendLine("|---|---|");
        foreach (GalleryMethod method in gallery.Methods)
        {
            page.AppendLine($"| {method.Label} | {method.Description} |");
        }

        page.AppendLine("| truth | the frames before they were reduced |").AppendLine();
        if (gallery.Missing.Count > 0)
        {
            page.AppendLine($"Not there when this was made, and left out: {string.Join(", ", gallery.Missing)}.").AppendLine();
        }
    }

    private static void WriteClip(StringBuilder page, GalleryFolder gallery, GalleryClip clip, ShownCrop[] crops)
    {
        Heading(page, clip.Name);
        string credit = gallery.Credits.GetValueOrDefault(clip.Name, "Its source and licence were not given: not to be published.");
        string chosen = gallery.Chosen.Contains(clip.Name) ? " The details are where bicubic enlargement loses most in the middle frame." : "";
        page.AppendLine(CultureInfo.InvariantCulture, $"{clip.FrameCount} frames of {clip.Width}x{clip.Height}. {credit.TrimEnd('.')}.{chosen}").AppendLine();
        page.AppendLine($"| luma | PSNR dB, whole frames | SSIM |{string.Concat(crops.Select((_, i) => $" detail {i + 1} | over time |"))}")
            .AppendLine($"|---|---|---|{string.Concat(crops.Select(_ => "---|---|"))}");
        for (int i = 0; i < gallery.Methods.Count; i++)
        {
            GalleryMethod method = gallery.Methods[i];
            ClipFigures? figures = method.Clips.GetValueOrDefault(clip.Name);
            string details = string.Concat(crops.Select(crop => Text($" {crop.DetailDb[i]:0.00} | {crop.ProfileDb[i]:0.00} |")));
            page.AppendLine(CultureInfo.InvariantCulture, $"| {method.Label} | {figures?.PsnrDb:0.000} | {figures?.Ssim:0.0000} |{details}");
        }

        page.AppendLine();
        for (int i = 0; i < crops.Length; i++)
        {
            WriteCrop(page, crops[i], $"{clip.Name}, detail {i + 1}");
        }
    }

    private static void WriteCrop(StringBuilder page, ShownCrop shown, string title)
    {
        Crop crop = shown.Crop;
        page.AppendLine($"### {title}").AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"Frame {crop.Frame}, {crop.Size}x{crop.Size} pixels from ({crop.X}, {crop.Y}); the red marks are over the column of the second picture:").AppendLine()
            .AppendLine($"![{title} by each method](images/{FileName(shown.DetailFile)})").AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"Column {crop.Column} of these lines, frames {shown.FirstFrame} to {shown.FirstFrame + shown.FrameCount - 1}:").AppendLine()
            .AppendLine($"![{title}, one column over time by each method](images/{FileName(shown.ProfileFile)})").AppendLine();
    }

    // Blanks would end the address of a picture.
    private static string FileName(string file) => Uri.EscapeDataString(file);

    private static void Heading(StringBuilder page, string title) => page.AppendLine($"## {title}").AppendLine();

    private static void WriteMachine(StringBuilder page, GalleryFolder gallery)
    {
        JsonNode machine = gallery.Machine;
        JsonArray? gpus = machine["gpu"]?["devices"]?.AsArray();
        bool isOnGpu = machine["backend"]?["device"]?.GetValue<string>().StartsWith("cuda", StringComparison.Ordinal) == true;
        string device = isOnGpu && gpus is { Count: > 0 } ? $"{gpus[0]!["name"]}, driver {machine["gpu"]!["driver"]}" : "CPU";
        page.AppendLine("| | |").AppendLine("|---|---|")
            .AppendLine($"| command | `{gallery.Description["command"]}` |")
            .AppendLine($"| commit | {gallery.Description["commit"]} |")
            .AppendLine($"| device | {device} |")
            .AppendLine($"| versions | {machine["system"]?["program"]}, {machine["system"]?["runtime"]}, libtorch {machine["backend"]?["libtorchVersion"]}, FFmpeg {machine["ffmpeg"]?["version"]} |");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
