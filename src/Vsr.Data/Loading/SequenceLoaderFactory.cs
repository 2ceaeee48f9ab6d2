using TorchSharp;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Data;

/// <summary>Makes the loader that fits clips, decoder and device: the one place where that is decided.</summary>
public static class SequenceLoaderFactory
{
    /// <summary>Makes a loader of video files and folders of pictures.</summary>
    /// <param name="paths">Video files and folders of pictures, as from <see cref="ClipFolder.List"/>.</param>
    /// <param name="options">What to deliver.</param>
    /// <param name="decoder">What is to decode.</param>
    /// <param name="device">Where batches go. The backend must be loaded.</param>
    /// <param name="cancellation">Ends the indexing of the files early.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    /// <exception cref="DecoderUnavailableException">NVDEC was asked for and cannot be used.</exception>
    /// <exception cref="VsrException">No file can be used, no clip is long enough, or a crop does not fit.</exception>
    public static CreatedLoader Create(
        IReadOnlyList<string> paths, SequenceLoaderOptions options, VideoDecoderKind decoder, Device device,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return Create(VideoClipSource.Open(paths, options.Threads, cancellation), options, decoder, device);
    }

    /// <summary>Makes a loader of clips that are open already.</summary>
    /// <param name="source">The clips. Not disposed by the loader, and needed until its end.</param>
    /// <param name="options">What to deliver.</param>
    /// <param name="decoder">What is to decode.</param>
    /// <param name="device">Where batches go. The backend must be loaded.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    /// <exception cref="DecoderUnavailableException">NVDEC was asked for and cannot be used.</exception>
    /// <exception cref="VsrException">No clip is long enough, or a crop does not fit.</exception>
    public static CreatedLoader Create(
        IClipSource source, SequenceLoaderOptions options, VideoDecoderKind decoder, Device device)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (decoder == VideoDecoderKind.Software)
        {
            return new CreatedLoader(new VideoSequenceLoader(source, options, device), VideoDecoderKind.Software, null);
        }

        string? problem = NvdecProblem(source, device, requireAll: decoder == VideoDecoderKind.Nvdec);
        try
        {
            if (problem is null)
            {
                return new CreatedLoader(new NvdecSequenceLoader(source, options, device), VideoDecoderKind.Nvdec, null);
            }
        }
        catch (DecoderUnavailableException failure) when (decoder == VideoDecoderKind.Auto)
        {
            problem = failure.Message;                       // what compiles the kernel is missing
        }

        return decoder == VideoDecoderKind.Auto
            ? new CreatedLoader(new VideoSequenceLoader(source, options, device), VideoDecoderKind.Software, problem)
            : throw new DecoderUnavailableException($"NVDEC cannot decode for this loader: {problem}")
            {
                Hint = "decode in software, or let the program choose (--decoder auto)",
            };
    }

    /// <summary>Why clips cannot be decoded by a device's NVDEC engine; null when they can.</summary>
    /// <param name="source">The clips.</param>
    /// <param name="device">Where batches go.</param>
    /// <param name="requireAll">Whether one clip that the engine does not take is a reason; without it, only all of them are.</param>
    internal static string? NvdecProblem(IClipSource source, Device device, bool requireAll = false)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(device);
        if (device.type != DeviceType.CUDA)
        {
            return "batches go to the CPU";
        }

        if (((source as ClipRangeSource)?.Inner ?? source) is not VideoClipSource files)
        {
            return "the clips are no plain video files: they are in memory, or are read at half size";
        }

        int index = Math.Max(0, device.index);
        if (GpuContext.Problem(index) is { } problem)
        {
            return problem;
        }

        string?[] reasons;
        try
        {
            using GpuContext context = GpuContext.Open(index);
            reasons = NvdecSequenceLoader.ReasonsAgainst(context, files);
        }
        catch (DecoderUnavailableException failure)
        {
            return failure.Message;
        }

        int worst = Array.FindIndex(reasons, reason => reason is not null);
        bool counts = worst >= 0 && (requireAll || reasons.All(reason => reason is not null));
        return counts ? $"{files.Clips[worst].Name}: {reasons[worst]}" : null;
    }
}
