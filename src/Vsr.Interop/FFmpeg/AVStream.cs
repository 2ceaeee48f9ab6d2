namespace Vsr.Interop.FFmpeg;

/// <summary>One stream of a container. Never created or copied by value: only pointers to FFmpeg's own memory are used.</summary>
/// <remarks>Fields are reached through <see cref="FFmpegOffsets"/>, because their places differ between releases.</remarks>
internal unsafe struct AVStream
{
    private byte _start;

    public int Index
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.StreamIndex);
        set => StructAccess.Field<int>(ref _start, StructFieldId.StreamIndex) = value;
    }

    public int Id
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.StreamId);
        set => StructAccess.Field<int>(ref _start, StructFieldId.StreamId) = value;
    }

    public AVCodecParameters* Codecpar
    {
        get => (AVCodecParameters*)StructAccess.Field<nint>(ref _start, StructFieldId.StreamCodecpar);
        set => StructAccess.Field<nint>(ref _start, StructFieldId.StreamCodecpar) = (nint)value;
    }

    public AVRational TimeBase
    {
        get => StructAccess.Field<AVRational>(ref _start, StructFieldId.StreamTimeBase);
        set => StructAccess.Field<AVRational>(ref _start, StructFieldId.StreamTimeBase) = value;
    }

    public long StartTime
    {
        get => StructAccess.Field<long>(ref _start, StructFieldId.StreamStartTime);
        set => StructAccess.Field<long>(ref _start, StructFieldId.StreamStartTime) = value;
    }

    public long Duration
    {
        get => StructAccess.Field<long>(ref _start, StructFieldId.StreamDuration);
        set => StructAccess.Field<long>(ref _start, StructFieldId.StreamDuration) = value;
    }

    public long NbFrames
    {
        get => StructAccess.Field<long>(ref _start, StructFieldId.StreamNbFrames);
        set => StructAccess.Field<long>(ref _start, StructFieldId.StreamNbFrames) = value;
    }

    public int Disposition
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.StreamDisposition);
        set => StructAccess.Field<int>(ref _start, StructFieldId.StreamDisposition) = value;
    }

    public int Discard
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.StreamDiscard);
        set => StructAccess.Field<int>(ref _start, StructFieldId.StreamDiscard) = value;
    }

    public AVRational SampleAspectRatio
    {
        get => StructAccess.Field<AVRational>(ref _start, StructFieldId.StreamSampleAspectRatio);
        set => StructAccess.Field<AVRational>(ref _start, StructFieldId.StreamSampleAspectRatio) = value;
    }

    public AVDictionary* Metadata
    {
        get => (AVDictionary*)StructAccess.Field<nint>(ref _start, StructFieldId.StreamMetadata);
        set => StructAccess.Field<nint>(ref _start, StructFieldId.StreamMetadata) = (nint)value;
    }

    public AVRational AvgFrameRate
    {
        get => StructAccess.Field<AVRational>(ref _start, StructFieldId.StreamAvgFrameRate);
        set => StructAccess.Field<AVRational>(ref _start, StructFieldId.StreamAvgFrameRate) = value;
    }

    public AVRational RFrameRate
    {
        get => StructAccess.Field<AVRational>(ref _start, StructFieldId.StreamRFrameRate);
        set => StructAccess.Field<AVRational>(ref _start, StructFieldId.StreamRFrameRate) = value;
    }
}
