using System.Globalization;
using System.Runtime.InteropServices;

namespace Vsr.Video.Tests.Gpu;

/// <summary>Says how two frames of one format differ.</summary>
internal static class FrameDifference
{
    /// <summary>Null for equal frames; else format, where the first difference is, how many samples differ, and by how much.</summary>
    public static string? Describe(VideoFrame expected, VideoFrame got)
    {
        if (!expected.Format.Equals(got.Format) || expected.Width != got.Width || expected.Height != got.Height)
        {
            return $"{got.Width}x{got.Height} {got.Format} for {expected.Width}x{expected.Height} {expected.Format}";
        }

        List<string> planes = [];
        for (int plane = 0; plane < expected.Format.PlaneCount; plane++)
        {
            int[] one = Samples(expected, plane);
            int[] other = Samples(got, plane);
            int width = one.Length / expected.Format.PlaneHeight(plane, expected.Height);
            int first = Enumerable.Range(0, one.Length).FirstOrDefault(i => one[i] != other[i], -1);
            if (first >= 0)
            {
                int count = one.Zip(other).Count(pair => pair.First != pair.Second);
                int most = one.Zip(other).Max(pair => Math.Abs(pair.First - pair.Second));
                planes.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"plane {plane}: {count} of {one.Length} samples by up to {most}, first at x {first % width} y {first / width}: "
                    + $"{other[first]} for {one[first]}"));
            }
        }

        return planes.Count == 0 ? null : $"{expected.Width}x{expected.Height} {expected.Format}: {string.Join("; ", planes)}";
    }

    private static int[] Samples(VideoFrame frame, int plane)
    {
        List<int> samples = [];
        int rowBytes = frame.Format.RowBytes(plane, frame.Width);
        for (int y = 0; y < frame.Format.PlaneHeight(plane, frame.Height); y++)
        {
            ReadOnlySpan<byte> row = frame.Plane(plane).Slice(y * frame.StrideBytes(plane), rowBytes);
            if (frame.Format.BitDepth > 8)
            {
                foreach (ushort sample in MemoryMarshal.Cast<byte, ushort>(row))
                {
                    samples.Add(sample);
                }
            }
            else
            {
                foreach (byte sample in row)
                {
                    samples.Add(sample);
                }
            }
        }

        return [.. samples];
    }
}
