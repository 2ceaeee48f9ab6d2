using System.Diagnostics;
using Vsr.Models;
using Vsr.Torch;
using Vsr.Upscaling.Color;
using Vsr.Upscaling.Pipeline;
using Vsr.Video;
using Vsr.Video.Writing;

namespace Vsr.Upscaling;

/// <summary>Upscales whole videos: the pictures through a network, everything else of the file kept.</summary>
/// <remarks>
/// Frames pass one by one through three threads (decoder, network, encoder), in constant memory. Sound is copied packet by
/// packet, text subtitles are converted where the container wants another format, chapters, tags, display matrix, sample
/// aspect, colour tags, bit depth and times are kept; docs/upscaling.md has the rules. The output appears under its name
/// when it is whole. One call at a time; the network is reset before and after.
/// </remarks>
public sealed class VideoUpscaler
{
    private readonly IFrameUpscaler _network;
    private readonly Backend _backend;

    /// <summary>Creates an upscaler.</summary>
    /// <param name="network">The network, on the backend's device; the caller disposes it.</param>
    /// <param name="backend">Where the network runs.</param>
    public VideoUpscaler(IFrameUpscaler network, Backend backend)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(backend);
        _network = network;
        _backend = backend;
    }

    /// <summary>Finds what is wrong with the files before any work is done; <see cref="Run"/> calls it too.</summary>
    /// <param name="input">The video.</param>
    /// <param name="output">The file to write.</param>
    /// <param name="options">Options.</param>
    /// <exception cref="ArgumentException">An option is out of range, or a name cannot be right.</exception>
    /// <exception cref="VsrException">The input is no video or is high dynamic range; a file exists or cannot be written there.</exception>
    public static void CheckFiles(string input, string output, UpscaleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        UpscaleOptions.ValidatePaths(input, output);
        OutputColor.RequireStandardRange(VideoFile.Probe(input, options.Stream).Video.Color, input);
        OutputTarget.Check(input, output, options.Overwrite);
        if (options.Preview is not null)
        {
            OutputTarget.Check(input, options.Preview, options.Overwrite);
        }
    }

    /// <summary>Upscales a video.</summary>
    /// <param name="input">The video.</param>
    /// <param name="output">The file to write: .mp4, .m4v, .mov or .mkv.</param>
    /// <param name="options">Encoder, preview, what to do with files and streams in the way; null for the defaults.</param>
    /// <param name="progress">Told after every frame, on the encoder's thread; null for nobody.</param>
    /// <param name="cancellation">Stops after the present frame; nothing is left under the final name.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="ArgumentException">An option is out of range, or a name cannot be right.</exception>
    /// <exception cref="VsrException">The files, the encoder, the disk: the message says which and what to do.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public UpscaleResult Run(
        string input,
        string output,
        UpscaleOptions? options = null,
        IProgress<UpscaleProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        options ??= new UpscaleOptions();
        CheckFiles(input, output, options);
        HostAllocator.ReturnFreedMemory();
        long start = Stopwatch.GetTimestamp();
        using DecodedVideo video = new(input, options.Stream, options.Decoder, _backend.IsCuda ? Math.Max(0, _backend.Device.index) : 0, options.RestartAtCuts);
        OutputColor.RequireStandardRange(video.Color, input);
        using StreamCopySource streams = new(input, video.Stream.Index, StreamCopyRules.ContainerOf(output)!.Value);
        List<string> warnings = LeftOut(streams, options.Strict);
        OutputPicture picture = OutputPicture.Plan(video, _network.Scale, options);
        warnings.AddRange(picture.Warnings);

        int frames = 0;
        double networkMilliseconds;
        PreviewPicture? preview = null;
        using (StreamCopyWriter writer = new(output, picture.WriterOptions, streams))
        {
            using IFrameTransfer transfer = _backend.IsCuda
                ? new CudaFrameTransfer(_backend.Device, options.QueuedFrames + 2, _network.GroupSize)
                : new CpuFrameTransfer(_network.GroupSize);
            UpscalePipeline pipeline = new(_network, picture.Conversion, transfer, options.QueuedFrames)
            {
                BeginsScene = () => video.BeginsScene,
                ObservedFrame = options.Preview is null ? -1 : video.Count / 2,
                Observer = (lr, sr) => preview = PreviewPicture.Create(lr, sr, video.Stream.Rotation),
            };
            pipeline.Run(video.Read, Write, cancellation);
            networkMilliseconds = transfer.Clock.MillisecondsPerFrame;
            writer.Finish(cancellation);

            void Write(int index, ReadOnlySpan<byte> planes)
            {
                (long ptsTicks, long durationTicks) = video.NextTimes();
                writer.Write(planes, ptsTicks, durationTicks);
                frames = index + 1;
                progress?.Report(new UpscaleProgress(frames, video.Count, Stopwatch.GetElapsedTime(start).TotalSeconds) { GroupSize = _network.GroupSize });
            }
        }

        preview?.Save(options.Preview!);
        warnings.AddRange(AboutTheFile(video, streams));
        return new UpscaleResult
        {
            Frames = frames,
            Width = picture.WriterOptions.Width,
            Height = picture.WriterOptions.Height,
            PixelFormat = picture.WriterOptions.PixelFormat,
            Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds,
            NetworkMillisecondsPerFrame = networkMilliseconds,
            Decoder = video.Decoder,
            Scenes = video.Scenes,
            Warnings = warnings,
        };
    }

    private static List<string> LeftOut(StreamCopySource streams, bool isStrict)
    {
        List<string> lines = [.. streams.Decisions
            .Where(decision => decision.Action == StreamCopyAction.LeaveOut).Select(decision => decision.Describe())];
        if (streams.LosesDisplayMatrix)
        {
            lines.Add("the display rotation is left out: this FFmpeg does not write it to .mkv; write .mp4 instead");
        }

        return isStrict && lines.Count > 0
            ? throw new VsrException(string.Join("; ", lines)) { Hint = "leave --strict out to write the file without them" }
            : lines;
    }

    private static IEnumerable<string> AboutTheFile(DecodedVideo video, StreamCopySource streams)
    {
        if (video.ChangedTimes > 0)
        {
            yield return $"{video.ChangedTimes} frames have times that cross, repeat or are missing; they were put in order";
        }

        foreach (string warning in video.Warnings)
        {
            yield return warning;
        }

        if (streams.ReadError is { } error)
        {
            yield return $"the other streams end early: {error}";
        }
    }
}
