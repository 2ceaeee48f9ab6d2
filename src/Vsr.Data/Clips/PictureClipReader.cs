using Vsr.Video;

namespace Vsr.Data;

/// <summary>Pictures of a folder as frames.</summary>
internal sealed class PictureClipReader(ClipInfo clip) : IClipReader
{
    private readonly IFrameSource _pictures = FrameSource.Open(clip.Name);
    private readonly byte[] _picture = new byte[checked(3 * clip.Width * clip.Height)];

    public void ReadRgb8(int firstFrame, int count, int stride, PixelRect crop, Span<byte> planar)
    {
        int target = 0;
        for (int t = 0; t < count; t++)
        {
            _pictures.ReadRgb8(firstFrame + t * stride, _picture);
            for (int row = 0; row < 3 * crop.Height; row++)
            {
                (int channel, int y) = Math.DivRem(row, crop.Height);
                _picture.AsSpan((channel * clip.Height + crop.Y + y) * clip.Width + crop.X, crop.Width)
                    .CopyTo(planar.Slice(target, crop.Width));
                target += crop.Width;
            }
        }
    }

    public void Dispose() => _pictures.Dispose();
}
