using Vsr.Video;

namespace Vsr.Data;

/// <summary>Folders of picture pairs with known flow: NAME-img0.png, NAME-img1.png and NAME-gt.flo.</summary>
public static class FlowPairFolder
{
    private const string FirstEnd = "-img0.png";
    private const string SecondEnd = "-img1.png";
    private const string TruthEnd = "-gt.flo";
    private const string Expected = "NAME" + FirstEnd + ", NAME" + SecondEnd + " and NAME" + TruthEnd;

    /// <summary>The pairs directly in a folder, by name. A pair of which a file is missing is among them: reading it tells which.</summary>
    /// <exception cref="VsrException">The folder is missing or cannot be read, or none of its files belongs to a pair.</exception>
    public static IReadOnlyList<FlowPairFiles> Find(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        string[] names = List(folder);
        FlowPairFiles[] pairs = names.Select(NameOf).OfType<string>().Distinct().Order(StringComparer.Ordinal)
            .Select(name => new FlowPairFiles(name, At(name, FirstEnd), At(name, SecondEnd), At(name, TruthEnd))).ToArray();
        return pairs.Length > 0 ? pairs : throw new VsrException($"there is no pair with known flow in {folder}: {Found(names)}")
        {
            Hint = $"a pair is {Expected}, directly in that folder",
        };

        string At(string name, string end) => Path.Combine(folder, name + end);
    }

    /// <summary>Reads a pair.</summary>
    /// <exception cref="VsrException">A file is missing or damaged, or their sizes differ.</exception>
    public static FlowPair Read(FlowPairFiles files)
    {
        ArgumentNullException.ThrowIfNull(files);
        if (new[] { files.First, files.Second, files.Truth }.FirstOrDefault(path => !File.Exists(path)) is { } missing)
        {
            throw new VsrException($"there is no {Path.GetFileName(missing)}; a pair is {Expected}");
        }

        FlowField truth = FloFile.Read(files.Truth);
        RgbImage first = PictureFile.ReadRgb(files.First).To8Bit();
        RgbImage second = PictureFile.ReadRgb(files.Second).To8Bit();
        return (first.Width, first.Height) == (truth.Width, truth.Height) && (second.Width, second.Height) == (truth.Width, truth.Height)
            ? new FlowPair(files.Name, first, second, truth)
            : throw new VsrException(
                $"sizes differ: {Path.GetFileName(files.First)} is {first.Width}x{first.Height}, {Path.GetFileName(files.Second)} "
                + $"{second.Width}x{second.Height}, {Path.GetFileName(files.Truth)} {truth.Width}x{truth.Height}");
    }

    private static string[] List(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new VsrException(File.Exists(folder) ? $"'{folder}' is a file; give a folder of flow pairs" : $"there is no folder '{folder}'");
        }

        try
        {
            return [.. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new VsrException($"cannot list '{folder}': {failure.Message}", failure);
        }
    }

    private static string? NameOf(string file) => new[] { FirstEnd, SecondEnd, TruthEnd }
        .Where(end => file.EndsWith(end, StringComparison.Ordinal) && file.Length > end.Length)
        .Select(end => file[..^end.Length]).FirstOrDefault();

    private static string Found(string[] names) => names.Length switch
    {
        0 => "it is empty",
        <= 3 => $"it holds {string.Join(", ", names)}",
        _ => $"it holds {string.Join(", ", names.Take(3))} and {names.Length - 3} more",
    };
}
