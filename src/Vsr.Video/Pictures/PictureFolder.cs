namespace Vsr.Video;

/// <summary>A folder of pictures (.png, .jpg) of one size, in the ordinal order of their names. Hidden files are passed over.</summary>
public sealed class PictureFolder : IFrameSource
{
    private readonly string[] _files;

    /// <summary>Lists the folder and reads the first picture's size.</summary>
    /// <exception cref="VsrException">The folder is not there, cannot be read, or has no picture.</exception>
    public PictureFolder(string path)
        : this(path, 0, 0)
    {
        using VideoFrame first = PictureFile.Read(_files[0]);
        Width = first.Width;
        Height = first.Height;
    }

    /// <summary>Lists the folder, whose pictures' size is known.</summary>
    /// <exception cref="VsrException">The folder is not there, cannot be read, or has no picture.</exception>
    internal PictureFolder(string path, int width, int height)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _files = [.. List(path)];
        if (_files.Length == 0)
        {
            throw new VideoFormatException("the folder has no .png or .jpg; name a folder of pictures", path);
        }

        Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        Width = width;
        Height = height;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int FrameCount => _files.Length;

    /// <inheritdoc/>
    public int Width { get; }

    /// <inheritdoc/>
    public int Height { get; }

    /// <summary>True when a folder has at least one picture in it.</summary>
    public static bool IsOne(string path) => Directory.Exists(path) && List(path).Count > 0;

    /// <summary>The path of a picture.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such picture.</exception>
    public string FileOf(int index)
    {
        if ((uint)index >= (uint)_files.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(index), index,
                $"picture {index} of '{Name}' does not exist; it has {_files.Length}, counted from 0");
        }

        return _files[index];
    }

    /// <inheritdoc/>
    public void ReadRgb8(int index, Span<byte> planar)
    {
        string file = FileOf(index);
        using VideoFrame frame = PictureFile.Read(file);
        if (frame.Width != Width || frame.Height != Height)
        {
            throw new VideoFormatException($"the picture is {frame.Width}x{frame.Height}, the first of its folder "
                + $"{Width}x{Height}; a folder has one size", file);
        }

        RgbConverter.ToRgb8(frame, null, planar);
    }

    /// <summary>Nothing is held open.</summary>
    public void Dispose()
    {
    }

    private static List<string> List(string path)
    {
        try
        {
            return Directory.EnumerateFiles(path)
                .Where(file => !Path.GetFileName(file).StartsWith('.') && PictureFile.HasPictureExtension(file))
                .Order(StringComparer.Ordinal).ToList();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VsrException($"cannot read the folder '{path}': {e.Message}", e);
        }
    }
}
