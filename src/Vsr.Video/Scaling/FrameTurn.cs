using System.Runtime.InteropServices;

namespace Vsr.Video;

/// <summary>Turns planar frames by quarter turns, as players do before they show them.</summary>
internal static class FrameTurn
{
    /// <summary>How many quarter turns counterclockwise a rotation of a file asks for; 0 for angles in between, which are left to players.</summary>
    public static int QuartersOf(int rotation) => rotation % 90 == 0 ? ((rotation / 90 % 4) + 4) % 4 : 0;

    /// <summary>Gives a turned copy, for the caller to dispose.</summary>
    /// <param name="frame">Planar, of samples of one or two bytes, its chroma halved in both directions or in none.</param>
    /// <param name="quarters">Quarter turns counterclockwise, 0 to 3.</param>
    public static VideoFrame Turn(VideoFrame frame, int quarters)
    {
        bool swaps = quarters % 2 == 1;
        VideoFrame result = VideoFrame.Allocate(
            frame.Format, swaps ? frame.Height : frame.Width, swaps ? frame.Width : frame.Height, frame.Index, frame.Color);
        for (int plane = 0; plane < frame.Format.PlaneCount; plane++)
        {
            if (frame.Format.BitDepth > 8)
            {
                Turn<ushort>(frame, result, plane, quarters);
            }
            else
            {
                Turn<byte>(frame, result, plane, quarters);
            }
        }

        return result;
    }

    private static void Turn<T>(VideoFrame frame, VideoFrame result, int plane, int quarters)
        where T : unmanaged
    {
        int width = frame.Format.PlaneWidth(plane, frame.Width);
        int height = frame.Format.PlaneHeight(plane, frame.Height);
        ReadOnlySpan<byte> source = frame.Plane(plane);
        Span<byte> target = result.WritablePlane(plane);
        Span<T> samples = MemoryMarshal.Cast<byte, T>(target);
        int stride = result.StrideBytes(plane) / Marshal.SizeOf<T>();
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<T> row = MemoryMarshal.Cast<byte, T>(source[(y * frame.StrideBytes(plane))..])[..width];
            (int first, int step) = quarters switch
            {
                1 => (((width - 1) * stride) + y, -stride),
                2 => (((height - 1 - y) * stride) + width - 1, -1),
                3 => (height - 1 - y, stride),
                _ => (y * stride, 1),
            };
            for (int x = 0; x < width; x++, first += step)
            {
                samples[first] = row[x];
            }
        }
    }
}
