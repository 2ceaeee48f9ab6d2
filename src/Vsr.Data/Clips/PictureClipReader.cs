using Vsr.Video;

namespace Vsr.Data;

/// <summary>Pictures of a folder as frames. Only the crop is converted.</summary>
internal sealed class PictureClipReader(ClipInfo clip) : IClipReader
{
    private readonly PictureFolder _pictures = Open(clip);

    public long DecodedFrames { get; private set; }

    public void ReadRgb8(int firstFrame, int count, int stride, PixelRect crop, Span<byte> planar) =>
        ReadSamples8(SampleColor.Rgb, firstFrame, count, stride, crop, planar);

    public void ReadSamples8(SampleColor color, int firstFrame, int count, int stride, PixelRect crop, Span<byte> planar)
    {
        int frameBytes = color.Channels() * crop.Width * crop.Height;
        for (int t = 0; t < count; t++)
        {
            string file = _pictures.FileOf(firstFrame + t * stride);
            using VideoFrame picture = PictureFile.Read(file);
            DecodedFrames++;
            if (picture.Width != clip.Width || picture.Height != clip.Height)
            {
                throw new VideoFormatException($"the picture is {picture.Width}x{picture.Height}, the first of its folder "
                    + $"{clip.Width}x{clip.Height}; a folder has one size", file);
            }

            RgbConverter.ToSamples8(picture, color, crop, planar.Slice(t * frameBytes, frameBytes));
        }
    }

    public void Dispose() => _pictures.Dispose();

    private static PictureFolder Open(ClipInfo clip)
    {
        PictureFolder pictures = new(clip.Name, clip.Width, clip.Height);
        return pictures.FrameCount == clip.FrameCount
            ? pictures
            : throw new VideoFormatException($"has {pictures.FrameCount} pictures, {clip.FrameCount} when it was listed", clip.Name);
    }
}
