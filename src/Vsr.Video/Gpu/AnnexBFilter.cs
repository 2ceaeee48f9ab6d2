using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>Gives packets the form that parsers of raw streams take: start codes, and parameter sets before each start.</summary>
internal sealed unsafe class AnnexBFilter : IDisposable
{
    private readonly string _path;
    private readonly string _codec;
    private readonly byte[] _parameterSets;
    private AVBSFContext* _context;

    /// <exception cref="VsrException">This FFmpeg lacks the filter.</exception>
    public AnnexBFilter(AVStream* stream, string codec, string path)
    {
        _path = path;
        _codec = codec;
        AVCodecParameters* parameters = stream->Codecpar;
        string? name = codec switch { "h264" => "h264_mp4toannexb", "hevc" => "hevc_mp4toannexb", _ => null };
        if (name is not null)
        {
            Open(name, stream);
            parameters = _context->ParOut;
        }

        _parameterSets = ParameterSets(parameters, codec);
        Crop = HeaderCrop.Find(_parameterSets, codec);
    }

    ~AnnexBFilter() => Close();

    /// <summary>What the stream's header cuts away before the picture.</summary>
    public HeaderCrop Crop { get; }

    /// <summary>Prepares for packets from elsewhere in the file.</summary>
    public void Restart()
    {
        if (_context is not null)
        {
            LibAvCodec.av_bsf_flush(_context);
        }
    }

    /// <summary>Changes a packet in place; it may become empty.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="isStart">Whether decoding begins with it: it gets the stream's parameter sets if it lacks them.</param>
    public void Apply(AVPacket* packet, bool isStart)
    {
        if (_context is not null)
        {
            int code = LibAvCodec.av_bsf_send_packet(_context, packet);
            code = code < 0 ? code : LibAvCodec.av_bsf_receive_packet(_context, packet);
            if (code < 0 && code != FFmpegConstants.ErrorAgain)
            {
                throw new VideoFormatException(
                    $"a packet at position {packet->Pos} cannot be read: {FFmpegError.Describe(code)}", _path);
            }

            if (code < 0)
            {
                LibAvCodec.av_packet_unref(packet);
            }
        }

        if (isStart && packet->Size > 0 && _parameterSets.Length > 0 && !HasParameterSets(packet))
        {
            Prepend(packet);
        }
    }

    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    private static byte[] ParameterSets(AVCodecParameters* parameters, string codec)
    {
        const int av1ConfigurationBytes = 4;
        ReadOnlySpan<byte> extradata = new(parameters->Extradata, parameters->ExtradataSize);
        return codec switch
        {
            "h264" or "hevc" => extradata.ToArray(),
            "av1" when extradata.Length > av1ConfigurationBytes && extradata[0] == 0x81 => extradata[av1ConfigurationBytes..].ToArray(),
            _ => [],
        };
    }

    // Up to the first slice: parameter sets of a picture precede its slices.
    private bool HasParameterSets(AVPacket* packet)
    {
        NalUnits units = new(new ReadOnlySpan<byte>(packet->Data, packet->Size), lengthBytes: 0);
        while (_codec != "av1" && units.Next(out ReadOnlySpan<byte> unit) && !unit.IsEmpty)
        {
            int type = _codec == "h264" ? unit[0] & 31 : (unit[0] >> 1) & 63;
            bool isSet = _codec == "h264" ? type == 7 : type == 33;
            bool isSlice = _codec == "h264" ? type is >= 1 and <= 5 : type < 32;
            if (isSet || isSlice)
            {
                return isSet;
            }
        }

        return false;
    }

    private void Prepend(AVPacket* packet)
    {
        AVPacket* longer = LibAvCodec.av_packet_alloc();
        try
        {
            int code = LibAvCodec.av_new_packet(longer, _parameterSets.Length + packet->Size);
            code = code < 0 ? code : LibAvCodec.av_packet_copy_props(longer, packet);
            if (code < 0)
            {
                throw new VsrException($"{_path}: no memory for a packet: {FFmpegError.Describe(code)}");
            }

            Span<byte> target = new(longer->Data, longer->Size);
            _parameterSets.CopyTo(target);
            new ReadOnlySpan<byte>(packet->Data, packet->Size).CopyTo(target[_parameterSets.Length..]);
            LibAvCodec.av_packet_unref(packet);
            LibAvCodec.av_packet_move_ref(packet, longer);
        }
        finally
        {
            LibAvCodec.av_packet_free(&longer);
        }
    }

    private void Open(string name, AVStream* stream)
    {
        AVBitStreamFilter* filter = LibAvCodec.av_bsf_get_by_name(name);
        if (filter is null)
        {
            throw new DecoderUnavailableException($"{_path}: this FFmpeg lacks the bitstream filter {name}")
            { Hint = "install a full build of FFmpeg" };
        }

        AVBSFContext* context;
        int code = LibAvCodec.av_bsf_alloc(filter, &context);
        if (code >= 0)
        {
            _context = context;
            context->TimeBaseIn = stream->TimeBase;
            code = LibAvCodec.avcodec_parameters_copy(context->ParIn, stream->Codecpar);
            code = code < 0 ? code : LibAvCodec.av_bsf_init(context);
        }

        if (code < 0)
        {
            Close();
            throw new VideoFormatException($"its codec configuration cannot be read: {FFmpegError.Describe(code)}", _path);
        }
    }

    private void Close()
    {
        AVBSFContext* context = _context;
        _context = null;
        if (context is not null)
        {
            LibAvCodec.av_bsf_free(&context);
        }
    }
}
