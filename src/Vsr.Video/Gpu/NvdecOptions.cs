namespace Vsr.Video;

/// <summary>How decoders of the GPU work.</summary>
internal sealed record NvdecOptions
{
    /// <summary>Pictures that may wait at once for the work that reads them, 1 or more. Default: 4.</summary>
    public int OutputSurfaces { get; init; } = 4;

    /// <summary>Pictures that a decoder holds above those the codec needs, 0 or more. Default: 2.</summary>
    public int ExtraSurfaces { get; init; } = 2;

    /// <summary>
    /// The shortest pause between looks whether a picture is ready, in microseconds (<see cref="PollingWait"/>). 0 to wait within
    /// the driver, which has no deadline. Default: 50.
    /// </summary>
    public int PollMicroseconds { get; init; } = 50;

    /// <summary>The longest wait for a picture or for the work that reads it, in milliseconds. Default: 20,000.</summary>
    public int DeadlineMilliseconds { get; init; } = 20_000;
}
