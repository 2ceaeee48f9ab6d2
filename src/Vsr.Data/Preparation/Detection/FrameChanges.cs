using Vsr.Video.Analysis;

namespace Vsr.Data.Preparation.Detection;

/// <summary>Compares each frame of a film with those around it; a few pictures are held, whatever the film's length.</summary>
internal sealed class FrameChanges
{
    /// <summary>Frames across which a picture may return and still be the same scene.</summary>
    public const int BridgeFrames = 4;

    // Below this share, and without a jump of brightness, no detector takes a frame for a cut: it is not worth a look across it.
    private const double WorthALook = 0.3;
    private const double BrightnessJump = 12;

    // Faint pictures resemble each other: that they do says nothing.
    private const double LeastSpread = 15;

    private readonly List<FrameChange> _changes = [];
    private readonly List<AnalysisPicture> _recent = [];                        // the newest last

    /// <summary>One entry a frame so far.</summary>
    public IReadOnlyList<FrameChange> All => _changes;

    /// <summary>Takes the next frame.</summary>
    public void Add(AnalysisPicture picture)
    {
        double share = _recent.Count == 0 ? 0 : PictureChange.Measure(picture, _recent[^1]);
        _changes.Add(new FrameChange(share, BridgedShare: 1, LumaLevel.Of(picture.Y)));
        _recent.Add(picture);
        if (_recent.Count > 2 * BridgeFrames)
        {
            _recent.RemoveAt(0);
        }

        for (int after = 0; after < Math.Min(BridgeFrames, _changes.Count - 1); after++)
        {
            LookAcross(picture, after);
        }
    }

    /// <summary>Compares the newest picture with those before a change that lies some frames back.</summary>
    private void LookAcross(AnalysisPicture picture, int after)
    {
        int frame = _changes.Count - 1 - after;
        FrameChange change = _changes[frame];
        bool jumps = Math.Abs(change.Level.Mean - _changes[frame - 1].Level.Mean) > BrightnessJump;
        for (int before = 1; (jumps || change.NewShare >= WorthALook) && before <= BridgeFrames; before++)
        {
            int at = _recent.Count - 1 - after - before;
            if (at >= 0 && Math.Min(_changes[^1].Level.Spread, _changes[frame - before].Level.Spread) >= LeastSpread)
            {
                change = change with { BridgedShare = Math.Min(change.BridgedShare, PictureChange.Measure(picture, _recent[at])) };
            }
        }

        _changes[frame] = change;
    }
}
