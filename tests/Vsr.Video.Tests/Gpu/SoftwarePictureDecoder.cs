using Vsr.Interop.FFmpeg;

namespace Vsr.Video.Tests.Gpu;

/// <summary>
/// libavcodec in the place of the GPU's decoder: takes the same packets, without the container's codec configuration. What it
/// was fed since the last start is decoded anew at each <see cref="Finish"/>, as libavcodec gives pictures late.
/// </summary>
/// <param name="demuxer">The open file, for its codec and its delay of pictures, which raw streams do not always tell.</param>
/// <param name="most">How many of the last pictures it claims to hold.</param>
/// <param name="deliver">Gets a frame's number, and the frame, which is disposed afterwards.</param>
internal sealed unsafe class SoftwarePictureDecoder(Demuxer demuxer, int most, Action<int, VideoFrame> deliver)
    : IPictureDecoder, IDisposable
{
    // AV_CODEC_FLAG_OUTPUT_CORRUPT: else the end is taken for reached at a leading picture, which is not put out.
    private const int OutputCorrupt = 1 << 3;

    private readonly List<(nint Packet, FedPacket Note)> _fed = [];
    private readonly Dictionary<int, int> _wanted = [];

    public object? Owner { get; set; }

    /// <summary>How often decoding began.</summary>
    public int Starts { get; private set; }

    public void Begin()
    {
        Finish();
        Clear();
        Starts++;
    }

    public bool Feed(AVPacket* packet, in FedPacket note)
    {
        Assert.True(_fed.Count == 0 || note.Number > _fed[^1].Note.Number, "a packet is fed twice");
        _fed.Add(((nint)LibAvCodec.av_packet_clone(packet), note));
        if (note.IsWanted)
        {
            Assert.Equal(note.Frame, _wanted.GetValueOrDefault(note.Number, note.Frame));
            _wanted[note.Number] = note.Frame;
        }

        return true;
    }

    public bool Holds(int packet) => _fed.TakeLast(most).Any(fed => fed.Note.Number == packet && !fed.Note.MayFail);

    public void Deliver(int packet, int frame)
    {
        Assert.True(Holds(packet));
        _wanted[packet] = frame;
    }

    public bool Finish()
    {
        if (_wanted.Count == 0)
        {
            return true;
        }

        AVCodec* codec = LibAvCodec.avcodec_find_decoder(demuxer.Stream->Codecpar->CodecId);
        AVCodecContext* context = LibAvCodec.avcodec_alloc_context3(codec);
        AVPacket* packet = LibAvCodec.av_packet_alloc();
        try
        {
            context->ThreadCount = 1;
            context->Flags |= OutputCorrupt;
            context->HasBFrames = demuxer.Stream->Codecpar->VideoDelay;
            Assert.Equal(0, LibAvCodec.avcodec_open2(context, codec, null));
            foreach ((nint fed, FedPacket note) in _fed)
            {
                Assert.Equal(0, LibAvCodec.av_packet_ref(packet, (AVPacket*)fed));
                packet->Pts = note.Number;
                packet->Dts = note.Number;
                int code = LibAvCodec.avcodec_send_packet(context, packet);
                LibAvCodec.av_packet_unref(packet);
                Assert.True(code == 0 || note.MayFail, $"packet {note.Number}, frame {note.Frame}: {FFmpegError.Describe(code)}");
                Receive(context);
            }

            _ = LibAvCodec.avcodec_send_packet(context, null);
            Receive(context);
        }
        finally
        {
            LibAvCodec.av_packet_free(&packet);
            LibAvCodec.avcodec_free_context(&context);
        }

        Assert.True(_wanted.Count == 0, $"not put out: {string.Join(' ', _wanted)}; fed {string.Join(' ', _fed.Select(fed => fed.Note))}");
        return true;
    }

    public void Dispose() => Clear();

    private void Receive(AVCodecContext* context)
    {
        AVFrame* frame = LibAvUtil.av_frame_alloc();
        while (LibAvCodec.avcodec_receive_frame(context, frame) == 0)
        {
            if (_wanted.Remove((int)frame->Pts, out int number))
            {
                AVFrame* owned = LibAvUtil.av_frame_alloc();
                LibAvUtil.av_frame_move_ref(owned, frame);
                using VideoFrame picture = new(owned, number, null, 0, 0);
                deliver(number, picture);
            }

            LibAvUtil.av_frame_unref(frame);
        }

        LibAvUtil.av_frame_free(&frame);
    }

    private void Clear()
    {
        foreach ((nint fed, _) in _fed)
        {
            AVPacket* packet = (AVPacket*)fed;
            LibAvCodec.av_packet_free(&packet);
        }

        _fed.Clear();
    }
}
