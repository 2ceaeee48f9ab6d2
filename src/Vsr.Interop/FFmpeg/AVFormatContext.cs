namespace Vsr.Interop.FFmpeg;

/// <summary>A demuxer or muxer with its streams. Never created or copied by value: only pointers to FFmpeg's own memory are used.</summary>
/// <remarks>Fields are reached through <see cref="FFmpegOffsets"/>, because their places differ between releases.</remarks>
internal unsafe struct AVFormatContext
{
    private byte _start;

    public AVInputFormat* Iformat
    {
        get => (AVInputFormat*)StructAccess.Field<nint>(ref _start, StructFieldId.FormatIformat);
        set => StructAccess.Field<nint>(ref _start, StructFieldId.FormatIformat) = (nint)value;
    }

    public AVOutputFormat* Oformat
    {
        get => (AVOutputFormat*)StructAccess.Field<nint>(ref _start, StructFieldId.FormatOformat);
        set => StructAccess.Field<nint>(ref _start, StructFieldId.FormatOformat) = (nint)value;
    }

    public AVIOContext* Pb
    {
        get => (AVIOContext*)StructAccess.Field<nint>(ref _start, StructFieldId.FormatPb);
        set => StructAccess.Field<nint>(ref _start, StructFieldId.FormatPb) = (nint)value;
    }

    public uint NbStreams
    {
        get => StructAccess.Field<uint>(ref _start, StructFieldId.FormatNbStreams);
        set => StructAccess.Field<uint>(ref _start, StructFieldId.FormatNbStreams) = value;
    }

    public AVStream** Streams
    {
        get => (AVStream**)StructAccess.Field<nint>(ref _start, StructFieldId.FormatStreams);
        set => StructAccess.Field<nint>(ref _start, StructFieldId.FormatStreams) = (nint)value;
    }

    public long StartTime
    {
        get => StructAccess.Field<long>(ref _start, StructFieldId.FormatStartTime);
        set => StructAccess.Field<long>(ref _start, StructFieldId.FormatStartTime) = value;
    }

    public long Duration
    {
        get => StructAccess.Field<long>(ref _start, StructFieldId.FormatDuration);
        set => StructAccess.Field<long>(ref _start, StructFieldId.FormatDuration) = value;
    }

    public long BitRate
    {
        get => StructAccess.Field<long>(ref _start, StructFieldId.FormatBitRate);
        set => StructAccess.Field<long>(ref _start, StructFieldId.FormatBitRate) = value;
    }

    public int Flags
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.FormatFlags);
        set => StructAccess.Field<int>(ref _start, StructFieldId.FormatFlags) = value;
    }

    public uint NbChapters
    {
        get => StructAccess.Field<uint>(ref _start, StructFieldId.FormatNbChapters);
        set => StructAccess.Field<uint>(ref _start, StructFieldId.FormatNbChapters) = value;
    }

    public AVChapter** Chapters
    {
        get => (AVChapter**)StructAccess.Field<nint>(ref _start, StructFieldId.FormatChapters);
        set => StructAccess.Field<nint>(ref _start, StructFieldId.FormatChapters) = (nint)value;
    }

    public AVDictionary* Metadata
    {
        get => (AVDictionary*)StructAccess.Field<nint>(ref _start, StructFieldId.FormatMetadata);
        set => StructAccess.Field<nint>(ref _start, StructFieldId.FormatMetadata) = (nint)value;
    }
}
