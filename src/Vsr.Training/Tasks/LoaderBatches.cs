using System.Text.Json.Nodes;
using TorchSharp;
using Vsr.Data;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Training.Tasks;

/// <summary>Windows straight from clips, shuffled, cropped, flipped, transposed and reversed in time.</summary>
/// <remarks>
/// The loader's windows have an odd number of frames; a batch of an even number leaves the last one out. When the shape of a batch
/// changes, another loader starts where the old one stood, by samples delivered.
/// </remarks>
internal sealed class LoaderBatches(IClipSource clips, ulong seed, VideoDecoderKind decoder, Device device) : IBatchSource
{
    private ISequenceLoader? _loader;
    private TimeSpan _earlierWaits;    // of loaders before this one
    private Tensor? _window;           // uint8 [N, odd T, 3, H, W], only for an even number of frames
    private LoaderState? _pending;     // where the next loader starts

    public TimeSpan DataTime => _earlierWaits + (_loader?.Statistics.Waited ?? TimeSpan.Zero);

    /// <summary>Checks, before anything is written or allocated, that the clips have windows of a run's size.</summary>
    /// <exception cref="VsrException">No clip is long enough, or the crop exceeds a clip's frames.</exception>
    public static void RequireFit(IClipSource clips, TrainingOptions options)
    {
        if (options.PoolClips > 0 || options.PoolStills > 0 || options.Network == "flow")
        {
            return;     // pools say themselves what they lack
        }

        if (options.Network != "recurrent")
        {
            RequireWindows(clips, options.Frames!.Value, options);
            return;
        }

        if (options.LateFrom > 0)
        {
            RequireWindows(clips, options.Unroll!.Value, options);
        }

        if (options.LateFrom < 1)
        {
            RequireLateFrames(clips, options);
            RequireWindows(clips, options.LateUnroll!.Value, options);
        }
    }

    public void Fill(Tensor frames)
    {
        Prepare((int)frames.size(0), (int)frames.size(1), (int)frames.size(3), (int)frames.size(4));
        if (_window is null)
        {
            _loader!.NextInto(frames);
            return;
        }

        _loader!.NextInto(_window);
        using Tensor whole = _window.narrow(1, 0, frames.size(1));
        frames.copy_(whole);
    }

    public void Prepare()
    {
    }

    public void Renew()
    {
    }

    public JsonObject Save() => (_loader?.State ?? _pending) is not { } state
        ? []
        : new JsonObject { ["seed"] = state.Seed, ["epoch"] = state.Epoch, ["position"] = state.Position };

    public void Restore(JsonObject state)
    {
        if (state.Count > 0)
        {
            DropLoader();
            _pending = new LoaderState(
                state["seed"]!.GetValue<ulong>(), state["epoch"]!.GetValue<long>(), state["position"]!.GetValue<long>());
        }
    }

    public void Dispose() => DropLoader();

    private static void RequireWindows(IClipSource clips, int frames, TrainingOptions options) => _ = new SamplePlanner(
        clips, new SequenceLoaderOptions { Frames = frames | 1, CropWidth = options.CropWidth, CropHeight = options.CropHeight });

    private static void RequireLateFrames(IClipSource clips, TrainingOptions options)
    {
        ClipInfo? longest = clips.Clips.MaxBy(clip => clip.FrameCount);
        if (longest?.FrameCount < (options.LateUnroll | 1))
        {
            throw new VsrException($"late-unroll {options.LateUnroll} needs a clip of {options.LateUnroll | 1} frames; "
                + $"the longest ({longest.Name}) has {longest.FrameCount}")
            {
                Hint = "use a smaller --late-unroll, longer clips, or --late-from 1 to keep --unroll to the end",
            };
        }
    }

    private void Prepare(int batch, int frames, int height, int width)
    {
        if (_loader is not null && _loader.BatchShape.SequenceEqual([batch, frames | 1, 3, height, width]))
        {
            return;
        }

        _pending = _loader?.State ?? _pending;
        DropLoader();
        _loader = SequenceLoaderFactory.Create(clips, Options(batch, frames | 1, height, width), decoder, device).Loader;
        if (_pending is { } state)
        {
            // longer windows are fewer: an epoch that has none left begins anew
            _loader.Restore(state.Position <= _loader.WindowsPerEpoch ? state : new LoaderState(state.Seed, state.Epoch + 1, 0));
        }

        _window = frames % 2 == 0
            ? zeros([batch, frames + 1, 3, height, width], ScalarType.Byte, device).DetachFromDisposeScope()
            : null;
    }

    private SequenceLoaderOptions Options(int batch, int frames, int height, int width) => new()
    {
        BatchSize = batch,
        Frames = frames,
        CropWidth = width,
        CropHeight = height,
        Type = SampleType.UInt8,
        FlipHorizontal = true,
        FlipVertical = true,
        Transpose = true,
        ReverseTime = true,
        Seed = seed,
        Threads = device.type == DeviceType.CPU ? 1 : 0,
    };

    private void DropLoader()
    {
        _earlierWaits = DataTime;
        _loader?.Dispose();
        _loader = null;
        _window?.Dispose();
        _window = null;
    }
}
