namespace Vsr.Video;

/// <summary>Files as they are read: a symbolic link has a size and a time of its own, which say nothing of its file.</summary>
internal static class LinkedFile
{
    /// <summary>The file that a path leads to.</summary>
    public static FileInfo Of(string path)
    {
        FileInfo file = new(Path.GetFullPath(path));
        return file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
    }
}
