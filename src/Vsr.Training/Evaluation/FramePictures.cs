using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Training.Evaluation;

/// <summary>
/// Writes one frame of a clip as .png: NAME-input, NAME-bicubic, NAME-output and NAME-truth; or every frame: NAME-000000-input and so on.
/// </summary>
/// <param name="folder">Where to; it is there.</param>
/// <param name="name">The clip's name.</param>
/// <param name="frame">Which frame, from 0; null for every frame.</param>
internal sealed class FramePictures(string folder, string name, int? frame)
{
    /// <summary>Writes what is known of frame i before the network has delivered it, if it is to be written.</summary>
    public void Before(int index, Tensor lr, Tensor bicubic, byte[] truth)
    {
        if (IsWritten(index))
        {
            Write(index, "input", lr);
            Write(index, "bicubic", bicubic);
            Write(index, "truth", truth, (int)bicubic.size(-1), (int)bicubic.size(-2));
        }
    }

    /// <summary>Writes the network's frame i [1, 3, H, W], if it is to be written.</summary>
    public void After(int index, Tensor sr)
    {
        if (IsWritten(index))
        {
            Write(index, "output", sr);
        }
    }

    private bool IsWritten(int index) => frame is null || index == frame;

    private void Write(int index, string what, Tensor picture)
    {
        byte[] samples = new byte[picture.numel()];
        FrameTensors.ToBytes(picture, samples);
        Write(index, what, samples, (int)picture.size(-1), (int)picture.size(-2));
    }

    private void Write(int index, string what, byte[] planarRgb, int width, int height)
    {
        RgbImage image = new(width, height);
        planarRgb.CopyTo(image.Samples8);
        string number = frame is null ? FormattableString.Invariant($"-{index:000000}") : "";
        PictureFile.Write(Path.Combine(folder, $"{name}{number}-{what}.png"), image);
    }
}
