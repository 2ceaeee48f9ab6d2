using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Upscaling.Pipeline;

/// <summary>The input's pictures in order, as host tensors of RGB, each with its time.</summary>
/// <remarks><see cref="Read"/> belongs to the decoding thread, <see cref="NextTimes"/> to the encoding thread.</remarks>
internal sealed class DecodedVideo : IDisposable
{
    private readonly string _path;
    private readonly FrameReader _reader;
    private readonly ConcurrentQueue<(long PtsTicks, long DurationTicks)> _times = new();
    private FrameIndex _timedIndex;
    private RisingTimes _frameTimes;
    private readonly SceneWatch? _scenes;
    private long _lastPts = long.MinValue;

    /// <summary>Opens the file and decodes its first frame, which says what the pictures are like.</summary>
    /// <param name="path">The input.</param>
    /// <param name="stream">The video stream; null for the first that is no attached picture.</param>
    /// <param name="decoder">What decodes it.</param>
    /// <param name="device">The number of the GPU for NVDEC.</param>
    /// <param name="findCuts">Whether frames are compared for <see cref="BeginsScene"/>.</param>
    /// <exception cref="VideoFormatException">The file is no video, or no frame comes out of it.</exception>
    /// <exception cref="DecoderUnavailableException">NVDEC was asked for and cannot decode it.</exception>
    public DecodedVideo(string path, int? stream, VideoDecoderKind decoder, int device, bool findCuts)
    {
        _path = path;
        _reader = new FrameReader(path, new FrameReaderOptions
        {
            Stream = stream,
            MemoryLimitBytes = 0,
            Decoder = decoder,
            Device = device,
        });
        try
        {
            using VideoFrame first = _reader.GetFrame(0);
            Width = first.Width;
            Height = first.Height;
            Layout = PictureLayouts.Of(first.Format.Name);
            HasAlpha = first.Format.HasAlpha;
            Color = first.Color;
            (_timedIndex, _frameTimes) = MakeTimes();
            _scenes = findCuts ? new SceneWatch() : null;
        }
        catch
        {
            _reader.Dispose();
            throw;
        }
    }

    /// <summary>What container and codec say about the stream.</summary>
    public VideoStreamInfo Stream => _reader.Stream;

    /// <summary>Width of the first frame, before rotation.</summary>
    public int Width { get; }

    /// <summary>Height of the first frame, before rotation.</summary>
    public int Height { get; }

    /// <summary>The pixel format of the first frame.</summary>
    public PictureLayout Layout { get; }

    /// <summary>Whether there is transparency, which the output has not.</summary>
    public bool HasAlpha { get; }

    /// <summary>The first frame's colour tags; the decoder takes the container's where the coded pictures say nothing.</summary>
    public ColorDescription Color { get; }

    /// <summary>Number of frames; smaller later if the file turns out to be damaged.</summary>
    public int Count => _reader.FrameCount;

    /// <summary>How many frames get another time than the file's.</summary>
    public int ChangedTimes => _frameTimes.Changed;

    /// <summary>What is wrong with the file though frames come out of it.</summary>
    public IReadOnlyList<string> Warnings =>
    [
        .. _reader.Index.Warnings,
        .. _reader.FallbackReason is { } reason ? new[] { $"decoded in software: {reason}" } : [],
        .. _reader.DecoderNotice is { } notice ? new[] { $"frames may differ from those of software: {notice}" } : [],
    ];

    /// <summary>Whether the frame that was read last begins a scene.</summary>
    public bool BeginsScene { get; private set; }

    /// <summary>How many scenes the frames read so far have.</summary>
    public int Scenes { get; private set; } = 1;

    /// <summary>What decodes now.</summary>
    public VideoDecoderKind Decoder => _reader.DecoderInUse;

    /// <summary>Decodes a frame and notes its time.</summary>
    /// <param name="index">0, 1, 2 and so on.</param>
    /// <returns>uint8 (0..255), or float32 (0..1) above 8 bits, [3, h, w], RGB; null after the last frame.</returns>
    /// <exception cref="VideoFormatException">The frame does not decode, or the size changes.</exception>
    public Tensor? Read(int index)
    {
        if (index >= _reader.FrameCount)
        {
            return null;
        }

        using VideoFrame frame = _reader.GetFrame(index);
        if (frame.Width != Width || frame.Height != Height)
        {
            throw new VideoFormatException(
                $"frame {index} is {frame.Width}x{frame.Height} after frames of {Width}x{Height}; cut the file there first", _path)
            {
                Frame = index,
            };
        }

        NoteTimes(frame);
        BeginsScene = _scenes?.BeginsScene(frame) ?? false;
        Scenes += BeginsScene ? 1 : 0;
        return ToRgb(frame);
    }

    /// <summary>The time and the duration of the next frame to be written, in ticks of the stream's time base.</summary>
    public (long PtsTicks, long DurationTicks) NextTimes() => _times.TryDequeue(out var next)
        ? next
        : throw new InvalidOperationException("more frames come out of the network than were decoded");

    public void Dispose()
    {
        _scenes?.Dispose();
        _reader.Dispose();
    }

    private Tensor ToRgb(VideoFrame frame)
    {
        bool is8Bit = frame.Format.HasPalette || frame.Format.BitDepth <= 8;
        Tensor rgb = empty([3, Height, Width], is8Bit ? ScalarType.Byte : ScalarType.Float32, CPU);
        Span<byte> memory = rgb.bytes;
        if (is8Bit)
        {
            RgbConverter.ToRgb8(frame, null, memory);
        }
        else
        {
            RgbConverter.ToRgbFloat(frame, null, MemoryMarshal.Cast<byte, float>(memory));
        }

        return rgb;
    }

    private void NoteTimes(VideoFrame frame)
    {
        if (!ReferenceEquals(_timedIndex, _reader.Index))
        {
            (_timedIndex, _frameTimes) = MakeTimes();
        }

        bool isOnlyInFrame = _timedIndex.PtsTicks(frame.Index) is null && frame.PtsTicks is not null;
        long pts = isOnlyInFrame ? frame.PtsTicks!.Value : _frameTimes.PtsTicks(frame.Index);
        pts = _lastPts == long.MinValue ? pts : Math.Max(pts, _lastPts + 1);
        _lastPts = pts;
        _times.Enqueue((pts, _frameTimes.DurationTicks(frame.Index)));
    }

    private (FrameIndex Index, RisingTimes Times) MakeTimes()
    {
        FrameIndex index = _reader.Index;
        return (index, RisingTimes.Of(index, _reader.Stream));
    }
}
