using Vsr.Data.Synthesis;

namespace Vsr.Data.Preparation;

/// <summary>Sequences of photographs in motion (<see cref="MotionPool"/>) that are rendered to files, as high-resolution clips.</summary>
public sealed record StillSequenceOptions
{
    private const int MostSequences = 100_000;
    private const int MostFrames = 1000;
    private const int LargestSize = 1024;

    /// <summary>The folder of photographs (.png, .jpg). Required.</summary>
    public required string Folder { get; init; }

    /// <summary>How many sequences, 1 to 100000. Default: 500.</summary>
    public int Count { get; init; } = 500;

    /// <summary>Frames a sequence, 3 to 1000. Default: 32.</summary>
    public int Frames { get; init; } = 32;

    /// <summary>Width and height in pixels, a multiple of 4 from 64 to 1024. Default: 288.</summary>
    public int Size { get; init; } = 288;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Folder);
        Require(Count is >= 1 and <= MostSequences, $"{Count} sequences of stills are outside 1..{MostSequences}");
        Require(Frames is >= 3 and <= MostFrames, $"{Frames} frames of a still are outside 3..{MostFrames}");
        Require(
            Size is >= 64 and <= LargestSize && Size % MotionPool.FlowScale == 0,
            $"sequences of {Size}x{Size} pixels: give a multiple of {MotionPool.FlowScale} inside 64..{LargestSize}");
    }

    private static void Require(bool isRight, string message)
    {
        if (!isRight)
        {
            throw new ArgumentException(message);
        }
    }
}
