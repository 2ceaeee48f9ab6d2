namespace Vsr.Data.Synthesis;

/// <summary>The size of the sequences that <see cref="MotionPool"/> renders and <see cref="ClipPool"/> cuts.</summary>
public sealed record MotionPoolOptions
{
    /// <summary>Frames a sequence, T: 3 or more. Default: 20.</summary>
    public int FrameCount { get; init; } = 20;

    /// <summary>Width and height in pixels: a multiple of 4, 16 or more. Default: 288, room for crops of 256.</summary>
    public int Size { get; init; } = 288;

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public void Validate()
    {
        if (FrameCount < 3)
        {
            throw new ArgumentOutOfRangeException(
                nameof(FrameCount), FrameCount, $"{FrameCount} frames a sequence; give 3 or more, so that one has both neighbours");
        }

        if (Size < 16 || Size % MotionPool.FlowScale != 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(Size), Size, $"sequences of {Size}x{Size} pixels; give a multiple of {MotionPool.FlowScale} from 16 on");
        }
    }
}
