namespace Vsr.Data;

/// <summary>What the numbers of a file list's ranges mean.</summary>
public enum ClipRangeUnit
{
    /// <summary>Seconds of presentation time, as <see cref="SampleInfo.Timestamps"/> tells them.</summary>
    Seconds,

    /// <summary>Frame numbers, from 0.</summary>
    Frames,
}
