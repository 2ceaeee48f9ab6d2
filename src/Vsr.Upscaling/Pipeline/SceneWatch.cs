using Vsr.Video;
using Vsr.Video.Analysis;

namespace Vsr.Upscaling.Pipeline;

/// <summary>Tells, frame by frame, where a new scene begins: what a network carries from the frames before is of no use there.</summary>
/// <remarks>Sees no later frames: a frame of rubbish ends a scene twice, which costs what two first frames cost. Fades and dissolves are no cuts.</remarks>
internal sealed class SceneWatch : IDisposable
{
    private readonly AnalysisScaler _scaler = new();
    private AnalysisPicture? _before;
    private AnalysisPicture? _used;

    /// <summary>Takes the next frame; true when it begins a scene, false for the first one.</summary>
    public bool BeginsScene(VideoFrame frame)
    {
        AnalysisPicture now = _scaler.Reduce(frame, _used);
        bool begins = _before is not null && PictureChange.IsCut(now, _before);
        (_used, _before) = (_before, now);
        return begins;
    }

    public void Dispose() => _scaler.Dispose();
}
