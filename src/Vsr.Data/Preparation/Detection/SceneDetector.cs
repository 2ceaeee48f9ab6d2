using Vsr.Data.Preparation.Detection;
using Vsr.Video;
using Vsr.Video.Analysis;

namespace Vsr.Data.Preparation;

/// <summary>Finds the scenes of a film: hard cuts, and fades through black or white.</summary>
/// <remarks>
/// Works on luma and colour of 160 pixels' width. What a frame shows is compared with the frame before, block by block with motion and
/// changes of light allowed for, so that fast motion, flashes and fades within a scene are no cuts. Dissolves are not found. After
/// PySceneDetect's content, adaptive and threshold detectors in what it looks for; the measures are its own.
/// </remarks>
public sealed class SceneDetector
{
    // A change of size or pixel format ends a scene whatever the pictures show.
    private const double FormatStrength = 10;
    private readonly SceneDetectionOptions _options;

    /// <summary>Creates a detector.</summary>
    /// <param name="options">How cuts are found; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public SceneDetector(SceneDetectionOptions? options = null)
    {
        _options = options ?? new SceneDetectionOptions();
        _options.Validate();
    }

    /// <summary>Decodes a film once and finds its cuts.</summary>
    /// <param name="reader">The film; its index is final afterwards.</param>
    /// <param name="progress">Told after every frame how many there were; may fall back once, where a file turns out to be damaged.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <returns>The numbers of the frames that begin a scene, without frame 0, rising.</returns>
    /// <exception cref="VideoFormatException">A frame cannot be decoded.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IReadOnlyList<int> Find(FrameReader reader, Action<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        while (true)
        {
            FrameChanges changes = new();
            List<SceneCut> cuts = [];
            using AnalysisScaler scaler = new();
            (PixelFormat Format, int Width, int Height)? shape = null;
            bool isWhole = SequentialFrames.Read(reader, 0, null, Take, cancellation);
            if (isWhole)
            {
                cuts.AddRange(HardCutDetector.Find(changes.All, _options.Threshold));
                cuts.AddRange(FadeDetector.Find(changes.All));
                return CutList.Select(cuts, reader.FrameCount, ShortestScene(reader));
            }

            void Take(VideoFrame frame)
            {
                (PixelFormat, int, int) now = (frame.Format, frame.Width, frame.Height);
                if (shape is { } before && !before.Equals(now))
                {
                    cuts.Add(new SceneCut(frame.Index, FormatStrength));
                }

                shape = now;
                changes.Add(scaler.Reduce(frame));
                progress?.Invoke(frame.Index + 1);
            }
        }
    }

    private int ShortestScene(FrameReader reader)
    {
        double[] times = SceneTimes.Of(reader);
        double seconds = times[^1];
        return seconds > 0 ? Math.Max(1, (int)Math.Round(_options.MinLengthSeconds * reader.FrameCount / seconds)) : 1;
    }
}
