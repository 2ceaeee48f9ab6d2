using TorchSharp;
using Vsr.Cli.Demo;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Cli.Bench.Networks;

/// <summary>Neighbouring frames of the sample clip at a size, played forth and back without end, so that there is always motion.</summary>
internal sealed class MovingPictures : IDisposable
{
    private const int MostPictures = 24;

    private readonly Tensor[] _pictures;

    /// <summary>Reads the frames.</summary>
    /// <param name="width">Width of a frame.</param>
    /// <param name="height">Height of a frame.</param>
    /// <param name="pinned">Whether they lie in memory that a GPU reads.</param>
    /// <exception cref="VsrException">The sample clip is not there or cannot be read.</exception>
    public MovingPictures(int width, int height, bool pinned)
    {
        using VideoFrameSource source = new(DemoFolder.FindSample());
        byte[] planar = new byte[3 * source.Width * source.Height];
        _pictures = new Tensor[Math.Min(MostPictures, source.FrameCount)];
        for (int i = 0; i < _pictures.Length; i++)
        {
            source.ReadRgb8(i, planar);
            using DisposeScope scope = NewDisposeScope();
            using IDisposable noGrad = no_grad();
            Tensor picture = tensor(planar, ScalarType.Byte).reshape(1, 3, source.Height, source.Width);
            if ((width, height) != (source.Width, source.Height))
            {
                picture = nn.functional.interpolate(
                    picture.to(ScalarType.Float32), [height, width], mode: InterpolationMode.Bicubic, align_corners: false)
                    .round().clamp(0, 255).to(ScalarType.Byte);
            }

            picture = picture.squeeze(0).contiguous();
            _pictures[i] = (pinned ? picture.pin_memory() : picture).DetachFromDisposeScope();
        }
    }

    /// <summary>Frame i: uint8 [3, h, w] on the host; it stays the owner's.</summary>
    public Tensor this[int i]
    {
        get
        {
            int last = _pictures.Length - 1;
            int place = i % (2 * last);
            return _pictures[place <= last ? place : (2 * last) - place];
        }
    }

    public void Dispose()
    {
        foreach (Tensor picture in _pictures)
        {
            picture.Dispose();
        }
    }
}
