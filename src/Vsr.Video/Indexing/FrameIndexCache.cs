namespace Vsr.Video;

/// <summary>Keeps indexes in a folder, one file a stream, written whole or not at all. A cache that fails is only slower.</summary>
/// <param name="folder">The folder; made when needed.</param>
internal sealed class FrameIndexCache(string folder)
{
    /// <summary>The cache that options ask for; null for none, or where the user has no home.</summary>
    public static FrameIndexCache? From(FrameReaderOptions options)
    {
        string? folder = options.IndexCacheFolder ?? CacheFolder.Named("index");
        return options.CacheIndex && folder is not null ? new FrameIndexCache(folder) : null;
    }

    /// <summary>The kept index of a file as it is now; null where there is none.</summary>
    public FrameIndex? Find(FrameIndexKey key)
    {
        try
        {
            string path = Path.Combine(folder, key.FileName);
            return File.Exists(path) ? FrameIndexFormat.Read(File.ReadAllBytes(path), key) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps an index, replacing that of an earlier state of the file.</summary>
    public void Keep(FrameIndexKey key, FrameIndex index)
    {
        string path = Path.Combine(folder, key.FileName);
        string temporaryPath = TemporaryFile.NameBeside(path);
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(temporaryPath, FrameIndexFormat.Write(key, index));
            File.Move(temporaryPath, path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            TemporaryFile.Remove(temporaryPath);
        }
    }
}
