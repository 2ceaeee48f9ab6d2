namespace Vsr.Interop.FFmpeg;

/// <summary>An open decoder or encoder. Never created or copied by value: only pointers to FFmpeg's own memory are used.</summary>
/// <remarks>Fields are reached through <see cref="FFmpegOffsets"/>, because their places differ between releases.</remarks>
internal unsafe struct AVCodecContext
{
    private byte _start;

    public int CodecId
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.CodecCodecId);
        set => StructAccess.Field<int>(ref _start, StructFieldId.CodecCodecId) = value;
    }

    public uint CodecTag
    {
        get => StructAccess.Field<uint>(ref _start, StructFieldId.CodecCodecTag);
        set => StructAccess.Field<uint>(ref _start, StructFieldId.CodecCodecTag) = value;
    }

    public long BitRate
    {
        get => StructAccess.Field<long>(ref _start, StructFieldId.CodecBitRate);
        set => StructAccess.Field<long>(ref _start, StructFieldId.CodecBitRate) = value;
    }

    public int Flags
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.CodecFlags);
        set => StructAccess.Field<int>(ref _start, StructFieldId.CodecFlags) = value;
    }

    public int Flags2
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.CodecFlags2);
        set => StructAccess.Field<int>(ref _start, StructFieldId.CodecFlags2) = value;
    }

    public byte* Extradata
    {
        get => (byte*)StructAccess.Field<nint>(ref _start, StructFieldId.CodecExtradata);
        set => StructAccess.Field<nint>(ref _start, StructFieldId.CodecExtradata) = (nint)value;
    }

    public int ExtradataSize
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.CodecExtradataSize);
        set => StructAccess.Field<int>(ref _start, StructFieldId.CodecExtradataSize) = value;
    }

    public AVRational TimeBase
    {
        get => StructAccess.Field<AVRational>(ref _start, StructFieldId.CodecTimeBase);
        set => StructAccess.Field<AVRational>(ref _start, StructFieldId.CodecTimeBase) = value;
    }

    public int Width
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.CodecWidth);
        set => StructAccess.Field<int>(ref _start, StructFieldId.CodecWidth) = value;
    }

    public int Height
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.CodecHeight);
        set => StructAccess.Field<int>(ref _start, StructFieldId.CodecHeight) = value;
    }

    public int GopSize
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.CodecGopSize);
        set => StructAccess.Field<int>(ref _start, StructFieldId.CodecGopSize) = value;
    }

    public int PixFmt
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.CodecPixFmt);
        set => StructAccess.Field<int>(ref _start, StructFieldId.CodecPixFmt) = value;
    }

    public void* GetFormat
    {
        get => (void*)StructAccess.Field<nint>(ref _start, StructFieldId.CodecGetFormat);
        set => StructAccess.Field<nint>(ref _start, StructFieldId.CodecGetFormat) = (nint)value;
    }

    public int MaxBFrames
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.CodecMaxBFrames);
        set => StructAccess.Field<int>(ref _start, StructFieldId.CodecMaxBFrames) = value;
    }

    public int HasBFrames
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.CodecHasBFrames);
        set => StructAccess.Field<int>(ref _start, StructFieldId.CodecHasBFrames) = value;
    }

    public AVRational SampleAspectRatio
    {
        get => StructAccess.Field<AVRational>(ref _start, StructFieldId.CodecSampleAspectRatio);
        set => StructAccess.Field<AVRational>(ref _start, StructFieldId.CodecSampleAspectRatio) = value;
    }

    public int ColorPrimaries
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.CodecColorPrimaries);
        set => StructAccess.Field<int>(ref _start, StructFieldId.CodecColorPrimaries) = value;
    }

    public int ColorTrc
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.CodecColorTrc);
        set => StructAccess.Field<int>(ref _start, StructFieldId.CodecColorTrc) = value;
    }

    public int Colorspace
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.CodecColorspace);
        set => StructAccess.Field<int>(ref _start, StructFieldId.CodecColorspace) = value;
    }

    public int ColorRange
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.CodecColorRange);
        set => StructAccess.Field<int>(ref _start, StructFieldId.CodecColorRange) = value;
    }

    public int ChromaSampleLocation
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.CodecChromaSampleLocation);
        set => StructAccess.Field<int>(ref _start, StructFieldId.CodecChromaSampleLocation) = value;
    }

    public int SampleRate
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.CodecSampleRate);
        set => StructAccess.Field<int>(ref _start, StructFieldId.CodecSampleRate) = value;
    }

    public int SampleFmt
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.CodecSampleFmt);
        set => StructAccess.Field<int>(ref _start, StructFieldId.CodecSampleFmt) = value;
    }

    public int FrameSize
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.CodecFrameSize);
        set => StructAccess.Field<int>(ref _start, StructFieldId.CodecFrameSize) = value;
    }

    public AVChannelLayout* ChLayout => (AVChannelLayout*)StructAccess.Address(ref _start, StructFieldId.CodecChLayout);

    public AVRational Framerate
    {
        get => StructAccess.Field<AVRational>(ref _start, StructFieldId.CodecFramerate);
        set => StructAccess.Field<AVRational>(ref _start, StructFieldId.CodecFramerate) = value;
    }

    public AVRational PktTimebase
    {
        get => StructAccess.Field<AVRational>(ref _start, StructFieldId.CodecPktTimebase);
        set => StructAccess.Field<AVRational>(ref _start, StructFieldId.CodecPktTimebase) = value;
    }

    public int ThreadCount
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.CodecThreadCount);
        set => StructAccess.Field<int>(ref _start, StructFieldId.CodecThreadCount) = value;
    }

    public int ThreadType
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.CodecThreadType);
        set => StructAccess.Field<int>(ref _start, StructFieldId.CodecThreadType) = value;
    }

    public int SkipFrame
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.CodecSkipFrame);
        set => StructAccess.Field<int>(ref _start, StructFieldId.CodecSkipFrame) = value;
    }

    public void* HwFramesCtx
    {
        get => (void*)StructAccess.Field<nint>(ref _start, StructFieldId.CodecHwFramesCtx);
        set => StructAccess.Field<nint>(ref _start, StructFieldId.CodecHwFramesCtx) = (nint)value;
    }

    public void* HwDeviceCtx
    {
        get => (void*)StructAccess.Field<nint>(ref _start, StructFieldId.CodecHwDeviceCtx);
        set => StructAccess.Field<nint>(ref _start, StructFieldId.CodecHwDeviceCtx) = (nint)value;
    }

    public int ExtraHwFrames
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.CodecExtraHwFrames);
        set => StructAccess.Field<int>(ref _start, StructFieldId.CodecExtraHwFrames) = value;
    }

    public int BitsPerRawSample
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.CodecBitsPerRawSample);
        set => StructAccess.Field<int>(ref _start, StructFieldId.CodecBitsPerRawSample) = value;
    }
}
