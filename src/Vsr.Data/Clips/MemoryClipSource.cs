using System.Runtime.InteropServices;
using TorchSharp;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Data;

/// <summary>
/// Clips decoded once into host memory, 3 bytes a pixel: training runs as fast as memory while there is no GPU decoding, and
/// frames can be taken in any order for nothing.
/// </summary>
/// <remarks>Uses native memory outside the garbage collector, freed by <see cref="Dispose"/>.</remarks>
public sealed unsafe class MemoryClipSource : IClipSource
{
    private const int CopyBytes = 64 << 20;
    private readonly List<string> _warnings = [];
    private readonly List<ClipInfo> _clips = [];
    private readonly List<nint> _frames = [];

    private MemoryClipSource()
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<ClipInfo> Clips => _clips;

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Bytes held.</summary>
    public long SizeBytes => _clips.Sum(SizeOf);

    /// <summary>Decodes all clips of a source. A clip that fails is left out with a warning.</summary>
    /// <param name="source">The clips; only used during the call, and not disposed.</param>
    /// <param name="options">Threads and memory limit; null for the defaults.</param>
    /// <param name="progress">Told of frames decoded so far and of all frames, about once for 16 frames, from several threads.</param>
    /// <param name="cancellation">Ends the decoding early.</param>
    /// <returns>The clips in the order of <paramref name="source"/>. The caller disposes them.</returns>
    /// <exception cref="VsrException">Every clip failed, or the frames need more memory than the limit.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public static MemoryClipSource Load(
        IClipSource source,
        MemoryClipOptions? options = null,
        IProgress<MemoryClipProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= new MemoryClipOptions();
        options.Validate();
        RequireMemory(source, options);
        MemoryClipLoad load = new(source, options, progress, cancellation);
        MemoryClipSource memory = new();
        memory._warnings.AddRange(source.Warnings);
        load.Run();
        memory.Take(load);

        if (memory._clips.Count == 0 || cancellation.IsCancellationRequested)
        {
            memory.Dispose();
            cancellation.ThrowIfCancellationRequested();
            throw new VsrException($"no clip could be decoded: {string.Join("; ", memory._warnings)}");
        }

        return memory;
    }

    /// <summary>The pixels of a clip: uint8 [frame count, 3, height, width], RGB.</summary>
    /// <param name="clip">Index in <see cref="Clips"/>.</param>
    /// <param name="frame">First frame of the part wanted.</param>
    /// <param name="count">Frames wanted, at most about 2 GB of them.</param>
    /// <returns>The source's own memory: not a copy, and valid until <see cref="Dispose"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The frames are not in the clip.</exception>
    public ReadOnlySpan<byte> Frames(int clip, int frame, int count)
    {
        ClipInfo info = _clips[clip];
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, info.FrameCount - frame);
        long frameBytes = 3L * info.Width * info.Height;
        return new ReadOnlySpan<byte>((byte*)_frames[clip] + frame * frameBytes, checked((int)(count * frameBytes)));
    }

    /// <summary>Copies a clip to a tensor.</summary>
    /// <param name="clip">Index in <see cref="Clips"/>.</param>
    /// <param name="device">Where to.</param>
    /// <returns>uint8 [frame count, 3, height, width], RGB. The caller disposes it.</returns>
    public Tensor CopyTo(int clip, Device device)
    {
        ClipInfo info = _clips[clip];
        int atOnce = (int)Math.Clamp(CopyBytes / (3L * info.Width * info.Height), 1, info.FrameCount);
        Tensor copy = empty([info.FrameCount, 3, info.Height, info.Width], ScalarType.Byte, device);
        using DisposeScope scope = NewDisposeScope();
        Tensor part = empty([atOnce, 3, info.Height, info.Width], ScalarType.Byte);
        for (int frame = 0; frame < info.FrameCount; frame += atOnce)
        {
            int count = Math.Min(atOnce, info.FrameCount - frame);
            Frames(clip, frame, count).CopyTo(part.bytes);
            copy.narrow(0, frame, count).copy_(part.narrow(0, 0, count));
        }

        return copy;
    }

    /// <inheritdoc/>
    public IClipReader Open(int clip) => new MemoryClipReader(this, clip);

    /// <summary>Frees the memory. No reader, span or loader may use it any more.</summary>
    public void Dispose()
    {
        foreach (nint frames in _frames)
        {
            NativeMemory.Free((void*)frames);
        }

        _frames.Clear();
        _clips.Clear();
    }

    private static long SizeOf(ClipInfo clip) => 3L * clip.Width * clip.Height * clip.FrameCount;

    private static void RequireMemory(IClipSource source, MemoryClipOptions options)
    {
        long needed = source.Clips.Sum(SizeOf);
        if (needed > options.LimitBytes)
        {
            throw new VsrException($"the clips need {needed >> 20} MiB decoded, more than the limit of {options.LimitBytes >> 20} MiB")
            {
                Hint = "read them from their files instead, use fewer clips, or raise the limit",
            };
        }
    }

    private void Take(MemoryClipLoad load)
    {
        foreach ((ClipInfo info, nint frames, string? warning) in load.Results())
        {
            if (warning is not null)
            {
                _warnings.Add(warning);
            }
            else if (frames != 0)
            {
                _clips.Add(info);
                _frames.Add(frames);
            }
        }
    }

    private sealed class MemoryClipReader(MemoryClipSource source, int clip) : IClipReader
    {
        public void ReadRgb8(int firstFrame, int count, int stride, PixelRect crop, Span<byte> planar)
        {
            ClipInfo info = source._clips[clip];
            int rows = 3 * count * crop.Height;
            for (int row = 0; row < rows; row++)
            {
                (int plane, int y) = Math.DivRem(row, crop.Height);
                (int frame, int channel) = Math.DivRem(plane, 3);
                ReadOnlySpan<byte> picture = source.Frames(clip, firstFrame + frame * stride, 1);
                picture.Slice((channel * info.Height + crop.Y + y) * info.Width + crop.X, crop.Width)
                    .CopyTo(planar.Slice(row * crop.Width, crop.Width));
            }
        }

        public void Dispose()
        {
        }
    }
}
