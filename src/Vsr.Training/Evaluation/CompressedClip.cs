using TorchSharp;
using Vsr.Data;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Training.Evaluation;

/// <summary>A clip reduced by the protocol, compressed into a temporary file and read back from it, frame by frame.</summary>
/// <remarks>
/// yuv420p wants even sides: where one is odd, its last column or row is encoded twice, and left out when it is read back. Disposing
/// removes the file.
/// </remarks>
internal sealed class CompressedClip : IFrameSource
{
    private static readonly Rational PictureRate = new(25, 1);

    private readonly DirectoryInfo _folder;
    private readonly VideoFrameSource _video;
    private readonly byte[] _padded;

    private CompressedClip(DirectoryInfo folder, string file, string name, int width, int height)
    {
        _folder = folder;
        (Name, Width, Height) = (name, width, height);
        _video = new VideoFrameSource(file, new FrameReaderOptions { CacheIndex = false });
        _padded = new byte[3 * Even(width) * Even(height)];
        BitsPerPixel = 8.0 * _video.Reader.Index.Packets.Sum(packet => (long)packet.Size) / ((double)FrameCount * width * height);
    }

    public string Name { get; }

    public int FrameCount => _video.FrameCount;

    public int Width { get; }

    public int Height { get; }

    /// <summary>Bits of the coded pictures a low-resolution pixel, the container's left out.</summary>
    public double BitsPerPixel { get; }

    /// <summary>Reduces and compresses the frames of a clip, one after the other.</summary>
    /// <param name="groundTruth">The clip at full size; not disposed.</param>
    /// <param name="count">How many frames, from the first on.</param>
    /// <param name="compression">How.</param>
    /// <param name="scale">S.</param>
    /// <param name="device">Where frames are reduced.</param>
    /// <param name="cancellation">Ends the work between two frames; nothing is left behind.</param>
    /// <exception cref="VsrException">The clip is too small or fails to decode, the encoder is missing, or the temporary folder is full.</exception>
    public static CompressedClip Encode(
        IFrameSource groundTruth, int count, ClipCompression compression, int scale, Device device, CancellationToken cancellation)
    {
        EvaluationInput input = new(groundTruth, null, scale, device);
        (int width, int height) = (input.Width / scale, input.Height / scale);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("vsr-evaluate-");
        try
        {
            string file = Path.Combine(folder.FullName, "lr.mp4");
            Write(file, RateOf(groundTruth), input, count, compression, (width, height), cancellation);
            return new CompressedClip(folder, file, groundTruth.Name, width, height);
        }
        catch
        {
            Remove(folder);
            throw;
        }
    }

    public void ReadRgb8(int index, Span<byte> planar)
    {
        _video.ReadRgb8(index, _padded);
        for (int row = 0; row < 3 * Height; row++)
        {
            int source = ((row / Height * Even(Height)) + (row % Height)) * Even(Width);
            _padded.AsSpan(source, Width).CopyTo(planar[(row * Width)..]);
        }
    }

    public void Dispose()
    {
        _video.Dispose();
        Remove(_folder);
    }

    private static void Write(
        string file, Rational rate, EvaluationInput input, int count, ClipCompression compression, (int Width, int Height) size,
        CancellationToken cancellation)
    {
        using VideoWriter writer = new(file, CompressionEncoding.For(
            compression.Codec, compression.Crf, Even(size.Width), Even(size.Height), new Rational(rate.Denominator, rate.Numerator), rate));
        byte[] small = new byte[3 * size.Width * size.Height];
        byte[] padded = new byte[3 * Even(size.Width) * Even(size.Height)];
        for (int i = 0; i < count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            using DisposeScope scope = NewDisposeScope();
            FrameTensors.ToBytes(input.Read(i).Lr, small);
            Pad(small, size.Width, size.Height, padded);
            writer.Write(padded, i, 1);
        }

        writer.Finish();
    }

    // What x264 spends on a frame depends on how long it is shown.
    private static Rational RateOf(IFrameSource clip) =>
        clip is VideoFrameSource { Reader.Stream.AverageRate: { Numerator: > 0, Denominator: > 0 } rate } ? rate : PictureRate;

    private static void Pad(ReadOnlySpan<byte> planar, int width, int height, Span<byte> padded)
    {
        for (int row = 0; row < 3 * Even(height); row++)
        {
            int source = (row / Even(height) * height) + Math.Min(row % Even(height), height - 1);
            Span<byte> target = padded.Slice(row * Even(width), Even(width));
            planar.Slice(source * width, width).CopyTo(target);
            target[width..].Fill(target[width - 1]);
        }
    }

    private static int Even(int side) => side + (side % 2);

    private static void Remove(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // what led here is to be reported; the system clears its temporary folder
        }
    }
}
