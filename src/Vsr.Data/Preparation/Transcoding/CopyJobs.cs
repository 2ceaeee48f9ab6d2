namespace Vsr.Data.Preparation.Transcoding;

/// <summary>How many scenes are copied at a time where nobody says.</summary>
internal static class CopyJobs
{
    // An encoder of a small picture keeps few processors busy.
    private const int ProcessorsAJob = 2;
    private const int Most = 16;

    /// <summary>Half the processors, two at least.</summary>
    public static int Default => Math.Clamp(Environment.ProcessorCount / ProcessorsAJob, 2, Most);
}
