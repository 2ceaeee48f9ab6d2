using Vsr.Torch;
using Vsr.Torch.Loading;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Data;

/// <summary>
/// Random sequences of frames that a GPU's NVDEC engines decode, straight into batches in its memory: nothing passes through the host
/// but the compressed packets.
/// </summary>
/// <remarks>
/// <para>
/// Windows, crops, flips and their order are those of <see cref="VideoSequenceLoader"/> with the same options. Values may differ from
/// its by one level of 8 bit: floats come from the matrix without being rounded to bytes first.
/// </para>
/// <para>
/// Several threads feed a decoder each. A batch's memory is the loader's and is used again: it is written only after the consumer's
/// stream has passed the point at which the batch was disposed. The consumer's stream is the one that was current in
/// <see cref="Next"/>; work on other streams has to be ordered before it. The host never waits for the device, but a batch that
/// is handed out may still be in the making: its stream waits.
/// </para>
/// </remarks>
internal sealed class NvdecSequenceLoader : ISequenceLoader
{
    private const int DefaultThreads = 16;

    private readonly LoaderPlan _plan;
    private readonly Device _device;
    private readonly BatchFormat _format;
    private readonly NvdecSampleReader _reader;
    private readonly LoaderCore<DeviceBatch> _core;
    private readonly string[] _notes;

    /// <summary>A loader of sequences from video files.</summary>
    /// <param name="source">The clips: video files, or parts of them. Not disposed by the loader, and needed until its end.</param>
    /// <param name="options">What to deliver. Threads is the number of decoders; 0 for 16.</param>
    /// <param name="device">The GPU. The backend must be loaded.</param>
    /// <exception cref="ArgumentException">An option is outside its range, or the device is no GPU.</exception>
    /// <exception cref="DecoderUnavailableException">The GPU decodes no video, or what compiles the kernel is missing.</exception>
    /// <exception cref="VsrException">No clip is long enough, a crop does not fit, or the windows do not fill a batch.</exception>
    public NvdecSequenceLoader(IClipSource source, SequenceLoaderOptions options, Device device)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(device);
        int threads = options.Threads > 0 ? options.Threads : DefaultThreads;
        _plan = new LoaderPlan(source, options with { Threads = threads });
        _device = device;
        _format = new BatchFormat(_plan, device);
        NvdecSession session = new(_plan, device, threads);
        try
        {
            string?[] reasons = ReasonsAgainst(session.Context, source);
            _notes = Notes(source, reasons);
            Prepare(session.Converter, source, reasons);
            _reader = new NvdecSampleReader(session, reasons);
            _core = new LoaderCore<DeviceBatch>(_plan, _reader, Buffers(threads), TimeProvider.System);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public LoaderState State => _core.State;

    /// <inheritdoc/>
    public long TotalWindows => _plan.TotalWindows;

    /// <inheritdoc/>
    public long WindowsPerEpoch => _plan.WindowsPerEpoch;

    /// <inheritdoc/>
    public IReadOnlyList<long> BatchShape => _plan.BatchShape;

    /// <summary>
    /// One line a file that failed, one a file that is decoded in software because the engine does not take it, and one a file whose
    /// frames may differ from software's.
    /// </summary>
    public IReadOnlyList<string> Warnings => [.. _core.Warnings, .. _notes];

    /// <inheritdoc/>
    public LoaderStatistics Statistics => new(_reader.Decoded, _reader.Delivered, _core.Waited);

    /// <summary>Device memory of decoded frames that are kept.</summary>
    internal long CachedBytes => _reader.CachedBytes;

    /// <inheritdoc/>
    public void Restore(LoaderState state) => _core.Restore(state);

    /// <inheritdoc/>
    public SequenceBatch Next(CancellationToken cancellation = default)
    {
        Tensor? frames = null;
        CudaStream consumer = CurrentStream();
        IReadOnlyList<SampleInfo> samples = _core.Deliver(batch => frames = Lend(batch, consumer), cancellation);
        return new SequenceBatch(frames!.DetachFromDisposeScope(), samples);
    }

    /// <inheritdoc/>
    public IReadOnlyList<SampleInfo> NextInto(Tensor destination, CancellationToken cancellation = default)
    {
        _format.RequireFit(destination);
        CudaStream consumer = CurrentStream();
        return _core.Deliver(
            batch =>
            {
                using IDisposable noGrad = no_grad();
                batch.HoldReader(consumer);
                destination.copy_(batch.Frames, true);
                Release(batch, consumer);
            },
            cancellation);
    }

    /// <summary>Ends the reading threads, in the middle of an epoch too, and frees decoders and memory; batches that are still held stay.</summary>
    public void Dispose() => _core.Dispose();

    /// <summary>Why each file of a source cannot be decoded by a GPU; null for those that can.</summary>
    internal static string?[] ReasonsAgainst(GpuContext context, IClipSource source) =>
        ReasonsAgainst(source, stream => NvdecClip.WhyNot(context, stream, index: null));

    /// <summary>The same with the engine's answers.</summary>
    /// <param name="source">The clips.</param>
    /// <param name="whyNot">Why the engine does not take a stream; null where it does.</param>
    internal static string?[] ReasonsAgainst(IClipSource source, Func<VideoStreamInfo, string?> whyNot) =>
        [.. FilesOf(source).Select(clip => clip.Stream is { } stream ? clip.NvdecProblem ?? whyNot(stream) : "it is no video file")];

    /// <summary>What to say of the files: those that are decoded in software, and those whose frames may differ from software's.</summary>
    internal static string[] Notes(IClipSource source, string?[] reasons)
    {
        IReadOnlyList<ClipInfo> files = FilesOf(source);
        return
        [
            .. files.Zip(reasons).Where(pair => pair.Second is not null)
                .Select(pair => $"{pair.First.Name}: decoded in software: {pair.Second}"),
            .. files.Zip(reasons).Where(pair => pair.Second is null && pair.First.NvdecNotice is not null)
                .Select(pair => $"{pair.First.Name}: decoded by NVDEC, frames may differ from software's: {pair.First.NvdecNotice}"),
        ];
    }

    private static IReadOnlyList<ClipInfo> FilesOf(IClipSource source) => ((source as ClipRangeSource)?.Inner ?? source).Clips;

    // So that what compiles the kernel is missed now, not by the first samples.
    private void Prepare(SurfaceConverter converter, IClipSource source, string?[] reasons)
    {
        IEnumerable<SurfaceFormat> formats = FilesOf(source).Zip(reasons)
            .Select(pair => pair.Second is null ? NvdecKey.Of(pair.First.Stream!)!.Value.Format : SurfaceFormat.Yuv444);
        foreach (SurfaceFormat format in formats.Distinct())
        {
            converter.Prepare(format, _plan.Options.Color, _plan.Options.Type);
        }
    }

    // One that the consumer has, those made ahead, and those that all threads together may have begun.
    private List<DeviceBatch> Buffers(int threads)
    {
        int begun = (threads + _plan.Options.BatchSize - 1) / _plan.Options.BatchSize;
        int count = 1 + _plan.Options.PrefetchBatches + begun;
        return [.. Enumerable.Range(0, count).Select(_ => new DeviceBatch(_plan.BatchShape, _format.ScalarType, _device))];
    }

    private CudaStream CurrentStream() => LoadedLibTorch.Current.Bridge.Streams is null
        ? CudaStream.FromHandle(_device, 0)
        : CudaStream.Current(_device);

    private Tensor Lend(DeviceBatch batch, CudaStream consumer)
    {
        batch.HoldReader(consumer);
        batch.Lend();
        try
        {
            return TensorMemory.FromBlob(
                batch.Address, _plan.BatchShape, [], _format.ScalarType, batch.Frames.device, () => Release(batch, consumer));
        }
        catch
        {
            _ = batch.Release(consumer);                     // whoever delivers it gives it back
            throw;
        }
    }

    private void Release(DeviceBatch batch, CudaStream consumer)
    {
        if (batch.Release(consumer))
        {
            _core.Return(batch);
        }
    }
}
