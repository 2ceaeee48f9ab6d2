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
        string? problem = decoder == VideoDecoderKind.Software ? null : NvdecProblem(source, device);
        if (problem is not null && decoder == VideoDecoderKind.Nvdec)
        {
            throw new DecoderUnavailableException($"NVDEC cannot decode for this loader: {problem}")
            {
                Hint = "decode in software, or let the program choose (--decoder auto)",
            };
        }

        return new CreatedLoader(new VideoSequenceLoader(source, options, device), VideoDecoderKind.Software, problem);
    }

    /// <summary>Why clips cannot be decoded by a device's NVDEC engine; null when they can.</summary>
    /// <param name="source">The clips.</param>
    /// <param name="device">Where batches go.</param>
    public static string? NvdecProblem(IClipSource source, Device device)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(device);
        if (device.type != DeviceType.CUDA)
        {
            return "batches go to the CPU";
        }

        if (source is not VideoClipSource)
        {
            return "the clips are no plain video files: they are in memory, or are read at half size";
        }

        return source.Clips.FirstOrDefault(clip => Directory.Exists(clip.Name)) is { } pictures
            ? $"{pictures.Name} is a folder of pictures"
            : "this version has no loader for it";
    }
}
