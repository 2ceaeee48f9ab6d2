using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Data.Synthesis;

/// <summary>Reads photographs from a folder, to be set in motion.</summary>
internal static class StillFolder
{
    /// <summary>The pictures directly in a folder, in name order.</summary>
    /// <exception cref="VsrException">There is no such folder, or no picture in it.</exception>
    public static IReadOnlyList<string> List(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new VsrException($"there is no folder of stills {folder}");
        }

        string[] files = [.. Directory.EnumerateFiles(folder).Where(ClipFolder.IsPicture).Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw new VsrException($"there is no picture (.png, .jpg) in {folder}");
    }

    /// <summary>Reads every picture: uint8 [3, H, W] each, on the CPU, for the caller to dispose.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="warn">Is told of each picture that is left out: one that cannot be read, or is smaller than <see cref="StillSet.LeastSide"/>.</param>
    /// <exception cref="VsrException">The folder is missing or no picture is left.</exception>
    public static IReadOnlyList<Tensor> Read(string folder, Action<string> warn)
    {
        List<Tensor> pictures = [];
        foreach (string path in List(folder))
        {
            try
            {
                RgbImage image = PictureFile.ReadRgb(path).To8Bit();
                if (Math.Min(image.Width, image.Height) < StillSet.LeastSide)
                {
                    warn($"{path} is left out: it has {image.Width}x{image.Height} pixels, stills at least {StillSet.LeastSide} each way");
                    continue;
                }

                pictures.Add(ToTensor(image.Samples8, image.Width, image.Height));
            }
            catch (VsrException failure)
            {
                warn($"{path} is left out: {failure.Message}");
            }
        }

        return pictures.Count > 0 ? pictures
            : throw new VsrException($"there is no readable picture (.png, .jpg) of at least {StillSet.LeastSide} pixels each way in {folder}");
    }

    /// <summary>Planar RGB, copied once, as a tensor outside every scope.</summary>
    public static Tensor ToTensor(ReadOnlySpan<byte> planar, int width, int height)
    {
        Tensor picture = empty([3, height, width], ScalarType.Byte).DetachFromDisposeScope();
        planar.CopyTo(picture.bytes);
        return picture;
    }
}
