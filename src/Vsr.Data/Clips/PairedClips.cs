namespace Vsr.Data;

/// <summary>High-resolution clips and low-resolution ones, and which belong together.</summary>
internal sealed class PairedClips : IDisposable
{
    /// <summary>Matches clips by their paths; a pair one of whose clips is not there, or does not fit, is left out.</summary>
    /// <param name="hr">The high-resolution clips; owned from now on.</param>
    /// <param name="lr">The low-resolution ones; owned from now on.</param>
    /// <param name="pairs">What belongs together, by path.</param>
    /// <param name="warn">Is told of each pair that does not fit.</param>
    public PairedClips(IClipSource hr, IClipSource lr, IReadOnlyList<ClipPair> pairs, Action<string> warn)
    {
        (Hr, Lr, Scale) = (hr, lr, pairs[0].Scale);
        Dictionary<string, int> hrNumbers = Numbers(hr);
        Dictionary<string, int> lrNumbers = Numbers(lr);
        List<(int Hr, int Lr)> matched = [];
        foreach (ClipPair pair in pairs)
        {
            if (!hrNumbers.TryGetValue(pair.Hr, out int high) || !lrNumbers.TryGetValue(pair.Lr, out int low))
            {
                continue;                                                       // its clip's own warning says why
            }

            if (Fits(hr.Clips[high], lr.Clips[low]))
            {
                matched.Add((high, low));
            }
            else
            {
                warn($"{pair.Lr} is left out: {Text(lr.Clips[low])} are not those of {pair.Hr}, {Text(hr.Clips[high])}, reduced {Scale} times");
            }
        }

        Pairs = matched;
    }

    /// <summary>The high-resolution clips.</summary>
    public IClipSource Hr { get; }

    /// <summary>The low-resolution clips.</summary>
    public IClipSource Lr { get; }

    /// <summary>S.</summary>
    public int Scale { get; }

    /// <summary>Indices in <see cref="Hr"/> and <see cref="Lr"/>.</summary>
    public IReadOnlyList<(int Hr, int Lr)> Pairs { get; }

    public void Dispose()
    {
        Hr.Dispose();
        Lr.Dispose();
    }

    private bool Fits(ClipInfo hr, ClipInfo lr) =>
        hr.FrameCount == lr.FrameCount && lr.Width * Scale <= hr.Width && lr.Height * Scale <= hr.Height;

    private static string Text(ClipInfo clip) => $"{clip.FrameCount} frames of {clip.Width}x{clip.Height}";

    private static Dictionary<string, int> Numbers(IClipSource clips) =>
        clips.Clips.Index().ToDictionary(clip => clip.Item.Name, clip => clip.Index);
}
