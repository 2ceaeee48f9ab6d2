using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Training.Evaluation;

/// <summary>Writes one frame of a clip as .png: NAME-input, NAME-bicubic, NAME-output and NAME-truth.</summary>
/// <param name="folder">Where to; it is there.</param>
/// <param name="name">The clip's name.</param>
/// <param name="frame">Which frame, from 0.</param>
internal sealed class FramePictures(string folder, string name, int frame)
{
    /// <summary>Writes what is known of frame i before the network has delivered it, if it is the frame.</summary>
    public void Before(int index, Tensor lr, Tensor bicubic, byte[] truth)
    {
        if (index == frame)
        {
            Write("input", lr);
            Write("bicubic", bicubic);
            Write("truth", truth, (int)bicubic.size(-1), (int)bicubic.size(-2));
        }
    }

    /// <summary>Writes the network's frame i [1, 3, H, W], if it is the frame.</summary>
    public void After(int index, Tensor sr)
    {
        if (index == frame)
        {
            Write("output", sr);
        }
    }

    private void Write(string what, Tensor picture)
    {
        byte[] samples = new byte[picture.numel()];
        FrameTensors.ToBytes(picture, samples);
        Write(what, samples, (int)picture.size(-1), (int)picture.size(-2));
    }

    private void Write(string what, byte[] planarRgb, int width, int height)
    {
        RgbImage image = new(width, height);
        planarRgb.CopyTo(image.Samples8);
        PictureFile.Write(Path.Combine(folder, $"{name}-{what}.png"), image);
    }
}
