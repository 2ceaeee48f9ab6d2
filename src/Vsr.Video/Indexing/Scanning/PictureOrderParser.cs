using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>libavcodec's parser on whole packets: gives a picture's order count from its slice header.</summary>
internal sealed unsafe class PictureOrderParser : IDisposable
{
    private AVCodecParserContext* _parser;
    private AVCodecContext* _context;

    public PictureOrderParser(AVCodecParameters* parameters)
    {
        _parser = LibAvCodec.av_parser_init(parameters->CodecId);
        _context = LibAvCodec.avcodec_alloc_context3(null);
        if (_parser is null || _context is null || LibAvCodec.avcodec_parameters_to_context(_context, parameters) < 0)
        {
            Dispose();
            throw new VsrException("FFmpeg's parser of the codec does not open; use a full build of FFmpeg");
        }

        _parser->Flags |= FFmpegConstants.ParserCompleteFrames;
    }

    /// <summary>Whether the last picture is an intra picture.</summary>
    public bool IsIntra => _parser->PictType == 1;

    /// <summary>Whether the last picture is one field of a frame.</summary>
    public bool IsField => _parser->PictureStructure is 1 or 2;

    /// <summary>The order count of the picture in a packet; null where its headers cannot be read.</summary>
    public int? Parse(AVPacket* packet)
    {
        byte* output;
        int outputSize;
        _parser->OutputPictureNumber = int.MinValue;
        int used = LibAvCodec.av_parser_parse2(
            _parser, _context, &output, &outputSize, packet->Data, packet->Size, packet->Pts, packet->Dts, packet->Pos);
        return used < 0 || _parser->OutputPictureNumber == int.MinValue ? null : _parser->OutputPictureNumber;
    }

    public void Dispose()
    {
        LibAvCodec.av_parser_close(_parser);
        _parser = null;
        AVCodecContext* context = _context;
        LibAvCodec.avcodec_free_context(&context);
        _context = null;
    }
}
