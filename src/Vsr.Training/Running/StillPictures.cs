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

    /// <summary>Takes frames of clips, spread evenly, so that flow can be learned from clips alone. Clips too small for it are left out, with a warning.</summary>
    public static StillPictures FromClips(IClipSource clips, int most, ITrainingObserver observer)
    {
        List<Tensor> pictures = [];
        int[] large = [.. Enumerable.Range(0, clips.Clips.Count).Where(clip => IsLarge(clips.Clips[clip], observer))];
        int perClip = Math.Max(1, most / Math.Max(1, large.Length));
        foreach (int clip in large)
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

    /// <summary>Draws pictures, and tells the observer how far it is and how long it took.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">What they are drawn from.</param>
    /// <param name="observer">Hears of it, on the calling thread.</param>
    /// <param name="cancellation">Ends the drawing.</param>
    /// <param name="reportEvery">How often it hears how far it is; null for every 5 s.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static StillPictures Draw(
        int count, ulong seed, ITrainingObserver observer, CancellationToken cancellation, TimeSpan? reportEvery = null)
    {
        long start = TimeProvider.System.GetTimestamp();
        Tensor?[] drawn = new Tensor?[count];
        int done = 0;
        Task drawing = Task.Run(() => DrawnStills.ForEach(count, seed, Keep, threads: null, cancellation), CancellationToken.None);
        while (Task.WaitAny([drawing], reportEvery ?? TimeSpan.FromSeconds(5)) < 0)
        {
            observer.Message($"{Volatile.Read(ref done)} of {count} pictures drawn");
        }

        try
        {
            drawing.GetAwaiter().GetResult();
        }
        catch
        {
            Free(drawn.OfType<Tensor>());
            throw;
        }

        double seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        observer.Message(FormattableString.Invariant($"{count} pictures drawn in {seconds:F1} s"));
        return new StillPictures(drawn!);

        void Keep(int number, RgbImage picture)
        {
            drawn[number] = StillFolder.ToTensor(picture.Samples8, picture.Width, picture.Height);
            Interlocked.Increment(ref done);
        }
    }

    /// <summary>Both together; the result owns the pictures of both.</summary>
    public static StillPictures Join(StillPictures? first, StillPictures second) =>
        first is null ? second : new StillPictures([.. first.Pictures, .. second.Pictures]);

    public void Dispose() => Free(Pictures);

    private static bool IsLarge(ClipInfo clip, ITrainingObserver observer)
    {
        if (Math.Min(clip.Width, clip.Height) >= StillSet.LeastSide)
        {
            return true;
        }

        observer.Warning($"{clip.Name} gives no stills: {clip.Width}x{clip.Height} is below {StillSet.LeastSide} pixels a side");
        return false;
    }

    private static void Free(IEnumerable<Tensor> pictures)
    {
        foreach (Tensor picture in pictures)
        {
            picture.Dispose();
        }
    }
}
