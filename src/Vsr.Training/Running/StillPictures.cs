using Vsr.Data;
using Vsr.Data.Synthesis;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Training.Running;

/// <summary>The pictures that are set in motion: photographs from a folder, or, where there is none, frames of the clips; and drawings.</summary>
internal sealed class StillPictures : IDisposable
{
    private StillPictures(IReadOnlyList<Tensor> pictures) => Pictures = pictures;

    /// <summary>uint8 [3, H, W] each, on the CPU.</summary>
    public IReadOnlyList<Tensor> Pictures { get; }

    /// <summary>Reads every picture of a folder.</summary>
    /// <exception cref="VsrException">The folder is missing or holds no readable picture.</exception>
    public static StillPictures Read(string folder, ITrainingObserver observer) => new(StillFolder.Read(folder, observer.Warning));

    /// <summary>Takes frames of clips, spread evenly, so that flow can be learned from clips alone.</summary>
    public static StillPictures FromClips(IClipSource clips, int most)
    {
        List<Tensor> pictures = [];
        int perClip = Math.Max(1, most / clips.Clips.Count);
        for (int clip = 0; clip < clips.Clips.Count; clip++)
        {
            ClipInfo info = clips.Clips[clip];
            using IClipReader reader = clips.Open(clip);
            byte[] picture = new byte[3 * info.Width * info.Height];
            for (int i = 0; i < Math.Min(perClip, info.FrameCount); i++)
            {
                int frame = (int)((i + 0.5) * info.FrameCount / perClip);
                reader.ReadRgb8(
                    Math.Min(frame, info.FrameCount - 1), 1, 1, PixelRect.Whole(info.Width, info.Height), picture);
                pictures.Add(StillFolder.ToTensor(picture, info.Width, info.Height));
            }
        }

        return new StillPictures(pictures);
    }

    /// <summary>Draws pictures, and tells the observer how long it took.</summary>
    public static StillPictures Draw(int count, ulong seed, ITrainingObserver observer, CancellationToken cancellation)
    {
        long start = TimeProvider.System.GetTimestamp();
        IReadOnlyList<RgbImage> drawn = DrawnStills.DrawAll(count, seed, threads: null, cancellation);
        StillPictures pictures = new([.. drawn.Select(picture => StillFolder.ToTensor(picture.Samples8, picture.Width, picture.Height))]);
        double seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        observer.Message(FormattableString.Invariant($"{count} pictures drawn in {seconds:F1} s"));
        return pictures;
    }

    /// <summary>Both together; the result owns the pictures of both.</summary>
    public static StillPictures Join(StillPictures? first, StillPictures second) =>
        first is null ? second : new StillPictures([.. first.Pictures, .. second.Pictures]);

    public void Dispose()
    {
        foreach (Tensor picture in Pictures)
        {
            picture.Dispose();
        }
    }
}
