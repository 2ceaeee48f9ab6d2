using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>What one encoder holds of FFmpeg's: its context, its stream's parameters and the frame it is fed with.</summary>
/// <remarks>Owns the three from creation to <see cref="Dispose"/>; the pointers are null afterwards.</remarks>
internal sealed unsafe class EncoderHandles(AVCodec* codec) : IDisposable
{
    private AVCodecContext* _context = LibAvCodec.avcodec_alloc_context3(codec);
    private AVCodecParameters* _parameters = LibAvCodec.avcodec_parameters_alloc();
    private AVFrame* _frame = LibAvUtil.av_frame_alloc();

    /// <summary>The encoder, not opened at first.</summary>
    public AVCodecContext* Context => _context;

    /// <summary>The stream's parameters, empty at first.</summary>
    public AVCodecParameters* Parameters => _parameters;

    /// <summary>The frame to fill and send, empty at first.</summary>
    public AVFrame* Frame => _frame;

    /// <summary>Takes a packet if one is ready.</summary>
    /// <param name="packet">Receives it.</param>
    /// <param name="error">FFmpeg's error, below 0, if encoding failed; else 0.</param>
    /// <returns>False when there is none, until more is sent or for good, or when encoding failed.</returns>
    public bool TryReceive(AVPacket* packet, out int error)
    {
        int result = LibAvCodec.avcodec_receive_packet(_context, packet);
        error = result is FFmpegConstants.ErrorAgain or FFmpegConstants.ErrorEof ? 0 : result;
        return result >= 0;
    }

    /// <summary>Frees all three.</summary>
    public void Dispose()
    {
        AVFrame* frame = _frame;
        LibAvUtil.av_frame_free(&frame);
        _frame = null;
        AVCodecParameters* parameters = _parameters;
        LibAvCodec.avcodec_parameters_free(&parameters);
        _parameters = null;
        AVCodecContext* context = _context;
        LibAvCodec.avcodec_free_context(&context);
        _context = null;
    }
}
