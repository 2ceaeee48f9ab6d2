using System.Security.Cryptography;
using Vsr.Video;

namespace Vsr.Data.Tests.Preparation;

/// <summary>All frames of a file, as the decoder gives them.</summary>
internal sealed record FilmFrames(IReadOnlyList<byte[]> Planes, IReadOnlyList<long?> Ticks, VideoStreamInfo Stream, string PixelFormat)
{
    public static FilmFrames Read(string path)
    {
        using FrameReader reader = new(path, new FrameReaderOptions { MemoryLimitBytes = 0, CacheIndex = false });
        List<byte[]> planes = [];
        List<long?> ticks = [];
        string format = "";
        for (int i = 0; i < reader.FrameCount; i++)
        {
            using VideoFrame frame = reader.GetFrame(i);
            planes.Add(frame.CopyTight());
            ticks.Add(frame.PtsTicks);
            format = frame.Format.Name;
        }

        return new FilmFrames(planes, ticks, reader.Stream, format);
    }

    /// <summary>Seconds of each frame after the first.</summary>
    public double[] Seconds => [.. Ticks.Select(ticks => (ticks!.Value - Ticks[0]!.Value) * Stream.TimeBase.ToDouble())];

    public IEnumerable<string> Hashes => Planes.Select(plane => Convert.ToHexString(SHA256.HashData(plane)));

    /// <summary>PSNR over all samples of 8 bits, or of two bytes of so many bits.</summary>
    public static double Psnr(byte[] a, byte[] b, int bits)
    {
        double squares = 0;
        int samples = bits > 8 ? a.Length / 2 : a.Length;
        for (int i = 0; i < samples; i++)
        {
            double difference = bits > 8
                ? BitConverter.ToUInt16(a, 2 * i) - BitConverter.ToUInt16(b, 2 * i)
                : a[i] - b[i];
            squares += difference * difference;
        }

        double peak = (1 << bits) - 1;
        return squares == 0 ? double.PositiveInfinity : 10 * Math.Log10(peak * peak * samples / squares);
    }
}
