using System.Runtime.InteropServices;
using Vsr.Video;

namespace Vsr.Data;

/// <summary>One run of decoding clips into memory, several clips at a time, each by one thread from its first frame on.</summary>
internal sealed unsafe class MemoryClipLoad
{
    private const int FramesAtOnce = 16;
    private readonly IClipSource _source;
    private readonly MemoryClipOptions _options;
    private readonly IProgress<MemoryClipProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly nint[] _frames;
    private readonly string?[] _warnings;
    private readonly long _totalFrames;
    private int _nextClip = -1;
    private long _framesDone;

    public MemoryClipLoad(
        IClipSource source,
        MemoryClipOptions options,
        IProgress<MemoryClipProgress>? progress,
        CancellationToken cancellation)
    {
        _source = source;
        _options = options;
        _progress = progress;
        _cancellation = cancellation;
        _frames = new nint[source.Clips.Count];
        _warnings = new string?[source.Clips.Count];
        _totalFrames = source.Clips.Sum(clip => (long)clip.FrameCount);
    }

    /// <summary>Decodes every clip, or those before the cancellation; failures become warnings.</summary>
    public void Run()
    {
        Thread[] threads = new Thread[Math.Min(_options.EffectiveThreads, Math.Max(1, _frames.Length))];
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(DecodeClips) { IsBackground = true, Name = $"vsr decode into memory {i}" };
            threads[i].Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }
    }

    /// <summary>For each clip its frames (0 when it was not decoded) or the warning; the caller owns the memory.</summary>
    public IEnumerable<(ClipInfo Info, nint Frames, string? Warning)> Results() =>
        _source.Clips.Select((info, clip) => (info, _frames[clip], _warnings[clip]));

    private void DecodeClips()
    {
        for (int clip; (clip = Interlocked.Increment(ref _nextClip)) < _frames.Length && !_cancellation.IsCancellationRequested;)
        {
            ClipInfo info = _source.Clips[clip];
            byte* frames = null;
            try
            {
                frames = (byte*)NativeMemory.Alloc(checked((nuint)(3L * info.Width * info.Height * info.FrameCount)));
                if (Decode(clip, info, frames))
                {
                    _frames[clip] = (nint)frames;
                    frames = null;
                }
            }
            catch (Exception failure) when (failure is VsrException or IOException or UnauthorizedAccessException
                                                or ArgumentException or OutOfMemoryException)
            {
                _warnings[clip] = ClipWarning.LeftOut(info.Name, failure);
            }
            finally
            {
                NativeMemory.Free(frames);
            }
        }
    }

    // false when cancelled
    private bool Decode(int clip, ClipInfo info, byte* frames)
    {
        long frameBytes = 3L * info.Width * info.Height;
        int atOnce = (int)Math.Clamp(int.MaxValue / frameBytes, 1, FramesAtOnce);
        using IClipReader reader = _source.Open(clip);
        for (int frame = 0; frame < info.FrameCount; frame += atOnce)
        {
            if (_cancellation.IsCancellationRequested)
            {
                return false;
            }

            int count = Math.Min(atOnce, info.FrameCount - frame);
            Span<byte> destination = new(frames + frame * frameBytes, (int)(count * frameBytes));
            reader.ReadRgb8(frame, count, 1, PixelRect.Whole(info.Width, info.Height), destination);
            _progress?.Report(new MemoryClipProgress(Interlocked.Add(ref _framesDone, count), _totalFrames));
        }

        return true;
    }
}
