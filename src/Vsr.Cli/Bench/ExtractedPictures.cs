using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Vsr.Data;
using Vsr.Video;

namespace Vsr.Cli.Bench;

/// <summary>Clips as folders of .png, as the example's extract_frames leaves them: a folder a clip, names of five digits from 00001.</summary>
/// <remarks>
/// A folder is made under a temporary name and renamed when it is whole; its name holds the file's path, size and time, so that it is
/// used again as long as the clip is the same.
/// </remarks>
/// <param name="cacheFolder">Where folders are kept for the next run.</param>
internal sealed class ExtractedPictures(string cacheFolder)
{
    private const int LeastThreads = 3;
    private const int FramesATask = 32;

    private string Root => Path.Combine(cacheFolder, "png");

    /// <summary>The folders of clips, in the clips' order; those that are missing are made.</summary>
    /// <param name="clips">Video files.</param>
    /// <param name="log">Takes a line when folders are made.</param>
    /// <param name="cancellation">Ends the writing; whole folders stay.</param>
    /// <exception cref="VsrException">A clip cannot be read, or the disk is full.</exception>
    public IReadOnlyList<string> Prepare(IReadOnlyList<string> clips, TextWriter log, CancellationToken cancellation)
    {
        string[] folders = [.. clips.Select(FolderOf)];
        int[] missing = [.. Enumerable.Range(0, folders.Length).Where(i => !Directory.Exists(folders[i]))];
        if (missing.Length > 0)
        {
            log.WriteLine($"writing the frames of {missing.Length} clips as .png to {Root}");
            Directory.CreateDirectory(Root);
            foreach (int i in missing)
            {
                Extract(clips[i], folders[i], cancellation);
            }
        }

        return folders;
    }

    private string FolderOf(string clip)
    {
        FileInfo file = LinkedFile.Of(clip);
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{file.FullName}\n{file.Length}\n{file.LastWriteTimeUtc.Ticks}")));
        return Path.Combine(Root, $"{Path.GetFileNameWithoutExtension(clip)}-{Convert.ToHexStringLower(hash.AsSpan(0, 6))}");
    }

    private static void Extract(string clip, string folder, CancellationToken cancellation)
    {
        string temporary = $"{folder}.{Path.GetRandomFileName()}.part";
        Directory.CreateDirectory(temporary);
        try
        {
            int count = CountFrames(clip);
            ParallelOptions parallel = new()
            {
                MaxDegreeOfParallelism = Math.Max(LeastThreads, Environment.ProcessorCount),
                CancellationToken = cancellation,
            };
            Parallel.For(0, (count + FramesATask - 1) / FramesATask, parallel, task =>
                WritePictures(clip, temporary, task * FramesATask, Math.Min(count, (task + 1) * FramesATask), cancellation));
            Directory.Move(temporary, folder);
        }
        catch (AggregateException failures) when (failures.InnerExceptions.FirstOrDefault(inner => inner is VsrException) is { } first)
        {
            throw new VsrException(first.Message, first);
        }
        finally
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }
        }
    }

    private static int CountFrames(string clip)
    {
        using FrameReader reader = new(clip, VideoClipReader.Options);
        return reader.FrameCount;
    }

    private static void WritePictures(string clip, string folder, int first, int end, CancellationToken cancellation)
    {
        using FrameReader reader = new(clip, VideoClipReader.Options);
        for (int i = first; i < end; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            using VideoFrame frame = reader.GetFrame(i);
            string name = string.Create(CultureInfo.InvariantCulture, $"{i + 1:D5}.png");
            PictureFile.Write(Path.Combine(folder, name), RgbConverter.ToImage(frame).To8Bit());
        }
    }
}
