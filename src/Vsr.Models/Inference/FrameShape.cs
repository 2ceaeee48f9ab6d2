using static TorchSharp.torch;

namespace Vsr.Models;

/// <summary>The frame size of the clip being upscaled, and its check.</summary>
internal struct FrameShape
{
    private long _height;
    private long _width;

    /// <summary>Sets the size at a clip's first frame and checks the later ones.</summary>
    public void Check(Tensor lr, string name)
    {
        ArgumentNullException.ThrowIfNull(lr, name);
        if (lr.dim() != 4 || lr.size(0) != 1 || lr.size(1) != 3)
        {
            throw new ArgumentException($"a frame of shape [{string.Join(", ", lr.shape)}]; give [1, 3, h, w]", name);
        }

        if (_height == 0)
        {
            (_height, _width) = (lr.size(2), lr.size(3));
        }
        else if (lr.size(2) != _height || lr.size(3) != _width)
        {
            throw new ArgumentException(
                $"a frame of {lr.size(3)}x{lr.size(2)} in a clip of {_width}x{_height}; call Reset between clips", name);
        }
    }
}
