using Vsr.Video;

namespace Vsr.Cli.Commands;

/// <summary>Writes frames as pictures, turned as a player shows them.</summary>
internal static class FramePictures
{
    /// <summary>Writes one frame as DIR/frame-000123.png, of 16 bits where the frame has more than 8; gives its path.</summary>
    public static string Write(VideoFrame frame, string folder)
    {
        Make(folder);
        string path = Path.Combine(folder, FormattableString.Invariant($"frame-{frame.Index:000000}.png"));
        RgbImage image = RgbConverter.ToImage(frame);

        // Other angles than quarter turns are left to players.
        bool turned = frame.Rotation != 0 && frame.Rotation % 90 == 0;
        PictureFile.Write(path, turned ? image.Rotate(-frame.Rotation) : image);
        return path;
    }

    private static void Make(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new VsrException($"cannot make the folder '{folder}' of --out: {failure.Message}", failure)
            {
                Hint = "name a folder that can be written, or one that does not exist yet",
            };
        }
    }
}
