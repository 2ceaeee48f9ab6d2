namespace Vsr.Video;

/// <summary>What decodes a file, and why.</summary>
/// <param name="Stream">Its frames.</param>
/// <param name="InUse">Software or Nvdec.</param>
/// <param name="FallbackReason">Why Auto did not take NVDEC though there is a GPU; null otherwise.</param>
/// <param name="Notice">What to expect of the frames; null where they are exact.</param>
internal sealed record DecoderChoice(IFrameStream Stream, VideoDecoderKind InUse, string? FallbackReason, string? Notice)
{
    /// <summary>Opens the decoder that the options ask for.</summary>
    /// <exception cref="DecoderUnavailableException">NVDEC was asked for and cannot decode the file.</exception>
    public static DecoderChoice Open(Demuxer demuxer, FrameIndex index, string path, FrameReaderOptions options)
    {
        // Without a GPU there is nothing to tell: software is what Auto means there.
        bool isSoftware = options.Decoder == VideoDecoderKind.Software
            || (options.Decoder == VideoDecoderKind.Auto && options.DecoderPool is null && !GpuContext.Exists(options.Device));
        if (isSoftware)
        {
            return Software(demuxer, index, path, options, fallbackReason: null);
        }

        bool isAuto = options.Decoder == VideoDecoderKind.Auto;
        string? reason = isAuto ? NvdecSupport.WhyInexact(index) : null;
        if (reason is null && isAuto && options.DecoderPool is null)
        {
            reason = GpuContext.Problem(options.Device);
        }

        return reason is null
            ? Gpu(demuxer, index, path, options, isAuto)
            : Software(demuxer, index, path, options, reason);
    }

    /// <summary>Opens the software decoder.</summary>
    public static DecoderChoice Software(
        Demuxer demuxer, FrameIndex index, string path, FrameReaderOptions options, string? fallbackReason) =>
        new(new FrameStream(demuxer, index, path, options), VideoDecoderKind.Software, fallbackReason, null);

    private static DecoderChoice Gpu(
        Demuxer demuxer, FrameIndex index, string path, FrameReaderOptions options, bool isAuto)
    {
        GpuContext context;
        try
        {
            context = options.DecoderPool?.Context ?? GpuContext.Open(options.Device);
        }
        catch (DecoderUnavailableException failure) when (isAuto)
        {
            return Software(demuxer, index, path, options, failure.Message);
        }

        bool isUsed = false;
        try
        {
            string? reason = NvdecClip.WhyNot(context, demuxer.Info.Video, index);
            if (reason is not null)
            {
                return isAuto
                    ? Software(demuxer, index, path, options, reason)
                    : throw new DecoderUnavailableException($"{path}: NVDEC cannot decode it: {reason}")
                    { Hint = "--decoder software reads it" };
            }

            NvdecDecoderPool pool = options.DecoderPool ?? new NvdecDecoderPool(context, limit: 1);
            NvdecFrameStream stream = new(demuxer, index, path, pool, ownsPool: options.DecoderPool is null);
            isUsed = true;
            return new DecoderChoice(stream, VideoDecoderKind.Nvdec, null, NvdecSupport.WhyInexact(index));
        }
        catch (DecoderUnavailableException failure) when (isAuto)
        {
            return Software(demuxer, index, path, options, failure.Message);
        }
        finally
        {
            if (!isUsed && options.DecoderPool is null)
            {
                context.Dispose();
            }
        }
    }
}
