namespace Vsr.Interop.FFmpeg;

/// <summary>A decoded picture or a stretch of sound. Never created or copied by value: only pointers to FFmpeg's own memory are used.</summary>
/// <remarks>Fields are reached through <see cref="FFmpegOffsets"/>, because their places differ between releases.</remarks>
internal unsafe struct AVFrame
{
    private byte _start;

    public byte** Data => (byte**)StructAccess.Address(ref _start, StructFieldId.FrameData);

    public int* Linesize => (int*)StructAccess.Address(ref _start, StructFieldId.FrameLinesize);

    public byte** ExtendedData
    {
        get => (byte**)StructAccess.Field<nint>(ref _start, StructFieldId.FrameExtendedData);
        set => StructAccess.Field<nint>(ref _start, StructFieldId.FrameExtendedData) = (nint)value;
    }

    public int Width
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.FrameWidth);
        set => StructAccess.Field<int>(ref _start, StructFieldId.FrameWidth) = value;
    }

    public int Height
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.FrameHeight);
        set => StructAccess.Field<int>(ref _start, StructFieldId.FrameHeight) = value;
    }

    public int NbSamples
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.FrameNbSamples);
        set => StructAccess.Field<int>(ref _start, StructFieldId.FrameNbSamples) = value;
    }

    public int Format
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.FrameFormat);
        set => StructAccess.Field<int>(ref _start, StructFieldId.FrameFormat) = value;
    }

    public int KeyFrame
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.FrameKeyFrame);
        set => StructAccess.Field<int>(ref _start, StructFieldId.FrameKeyFrame) = value;
    }

    public int PictType
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.FramePictType);
        set => StructAccess.Field<int>(ref _start, StructFieldId.FramePictType) = value;
    }

    public AVRational SampleAspectRatio
    {
        get => StructAccess.Field<AVRational>(ref _start, StructFieldId.FrameSampleAspectRatio);
        set => StructAccess.Field<AVRational>(ref _start, StructFieldId.FrameSampleAspectRatio) = value;
    }

    public long Pts
    {
        get => StructAccess.Field<long>(ref _start, StructFieldId.FramePts);
        set => StructAccess.Field<long>(ref _start, StructFieldId.FramePts) = value;
    }

    public long PktDts
    {
        get => StructAccess.Field<long>(ref _start, StructFieldId.FramePktDts);
        set => StructAccess.Field<long>(ref _start, StructFieldId.FramePktDts) = value;
    }

    public int SampleRate
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.FrameSampleRate);
        set => StructAccess.Field<int>(ref _start, StructFieldId.FrameSampleRate) = value;
    }

    public AVFrameSideData** SideData
    {
        get => (AVFrameSideData**)StructAccess.Field<nint>(ref _start, StructFieldId.FrameSideData);
        set => StructAccess.Field<nint>(ref _start, StructFieldId.FrameSideData) = (nint)value;
    }

    public int NbSideData
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.FrameNbSideData);
        set => StructAccess.Field<int>(ref _start, StructFieldId.FrameNbSideData) = value;
    }

    public int Flags
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.FrameFlags);
        set => StructAccess.Field<int>(ref _start, StructFieldId.FrameFlags) = value;
    }

    public int ColorRange
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.FrameColorRange);
        set => StructAccess.Field<int>(ref _start, StructFieldId.FrameColorRange) = value;
    }

    public int ColorPrimaries
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.FrameColorPrimaries);
        set => StructAccess.Field<int>(ref _start, StructFieldId.FrameColorPrimaries) = value;
    }

    public int ColorTrc
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.FrameColorTrc);
        set => StructAccess.Field<int>(ref _start, StructFieldId.FrameColorTrc) = value;
    }

    public int Colorspace
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.FrameColorspace);
        set => StructAccess.Field<int>(ref _start, StructFieldId.FrameColorspace) = value;
    }

    public int ChromaLocation
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.FrameChromaLocation);
        set => StructAccess.Field<int>(ref _start, StructFieldId.FrameChromaLocation) = value;
    }

    public long BestEffortTimestamp
    {
        get => StructAccess.Field<long>(ref _start, StructFieldId.FrameBestEffortTimestamp);
        set => StructAccess.Field<long>(ref _start, StructFieldId.FrameBestEffortTimestamp) = value;
    }

    public long PktPos
    {
        get => StructAccess.Field<long>(ref _start, StructFieldId.FramePktPos);
        set => StructAccess.Field<long>(ref _start, StructFieldId.FramePktPos) = value;
    }

    public AVDictionary* Metadata
    {
        get => (AVDictionary*)StructAccess.Field<nint>(ref _start, StructFieldId.FrameMetadata);
        set => StructAccess.Field<nint>(ref _start, StructFieldId.FrameMetadata) = (nint)value;
    }

    public int DecodeErrorFlags
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.FrameDecodeErrorFlags);
        set => StructAccess.Field<int>(ref _start, StructFieldId.FrameDecodeErrorFlags) = value;
    }

    public void* HwFramesCtx
    {
        get => (void*)StructAccess.Field<nint>(ref _start, StructFieldId.FrameHwFramesCtx);
        set => StructAccess.Field<nint>(ref _start, StructFieldId.FrameHwFramesCtx) = (nint)value;
    }

    public AVChannelLayout* ChLayout => (AVChannelLayout*)StructAccess.Address(ref _start, StructFieldId.FrameChLayout);

    public long Duration
    {
        get => StructAccess.Field<long>(ref _start, StructFieldId.FrameDuration);
        set => StructAccess.Field<long>(ref _start, StructFieldId.FrameDuration) = value;
    }
}
