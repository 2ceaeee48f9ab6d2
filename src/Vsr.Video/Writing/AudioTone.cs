namespace Vsr.Video;

/// <summary>A generated sound track: a sine, encoded as AAC, as long as the video.</summary>
public sealed record AudioTone
{
    /// <summary>Frequency in hertz, above 0. Default: 440.</summary>
    public double Frequency { get; init; } = 440;

    /// <summary>Samples a second: 8000..96000. Default: 48000.</summary>
    public int SampleRate { get; init; } = 48000;

    /// <summary>Peak of the wave, 0..1. Default: 0.25.</summary>
    public double Amplitude { get; init; } = 0.25;

    /// <summary>Sound after the last frame's end is cut here, in seconds; null goes on to the end of the video. Default: null.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>The wave's value at a sample.</summary>
    internal float Sample(long index) => (float)(Amplitude * Math.Sin(2 * Math.PI * Frequency * index / SampleRate));

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message says value, limit and fix.</exception>
    internal void Validate()
    {
        if (!(Frequency > 0 && Frequency < SampleRate / 2.0))
        {
            throw new ArgumentException(
                $"a tone of {Frequency} Hz does not fit {SampleRate} samples a second; stay between 0 and half of them");
        }

        if (SampleRate is < 8000 or > 96000 || Amplitude is < 0 or > 1 || DurationSeconds <= 0)
        {
            throw new ArgumentException($"tone of {SampleRate} Hz sampling, amplitude {Amplitude}, {DurationSeconds} s: "
                + "the limits are 8000..96000, 0..1, above 0");
        }
    }
}
