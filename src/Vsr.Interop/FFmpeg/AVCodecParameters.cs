namespace Vsr.Interop.FFmpeg;

/// <summary>What a container says about a stream's coding. Never created or copied by value: only pointers to FFmpeg's own memory are used.</summary>
/// <remarks>Fields are reached through <see cref="FFmpegOffsets"/>, because their places differ between releases.</remarks>
internal unsafe struct AVCodecParameters
{
    private byte _start;

    public int CodecType
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.ParametersCodecType);
        set => StructAccess.Field<int>(ref _start, StructFieldId.ParametersCodecType) = value;
    }

    public int CodecId
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.ParametersCodecId);
        set => StructAccess.Field<int>(ref _start, StructFieldId.ParametersCodecId) = value;
    }

    public uint CodecTag
    {
        get => StructAccess.Field<uint>(ref _start, StructFieldId.ParametersCodecTag);
        set => StructAccess.Field<uint>(ref _start, StructFieldId.ParametersCodecTag) = value;
    }

    public byte* Extradata
    {
        get => (byte*)StructAccess.Field<nint>(ref _start, StructFieldId.ParametersExtradata);
        set => StructAccess.Field<nint>(ref _start, StructFieldId.ParametersExtradata) = (nint)value;
    }

    public int ExtradataSize
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.ParametersExtradataSize);
        set => StructAccess.Field<int>(ref _start, StructFieldId.ParametersExtradataSize) = value;
    }

    public int Format
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.ParametersFormat);
        set => StructAccess.Field<int>(ref _start, StructFieldId.ParametersFormat) = value;
    }

    public long BitRate
    {
        get => StructAccess.Field<long>(ref _start, StructFieldId.ParametersBitRate);
        set => StructAccess.Field<long>(ref _start, StructFieldId.ParametersBitRate) = value;
    }

    public int BitsPerCodedSample
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.ParametersBitsPerCodedSample);
        set => StructAccess.Field<int>(ref _start, StructFieldId.ParametersBitsPerCodedSample) = value;
    }

    public int BitsPerRawSample
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.ParametersBitsPerRawSample);
        set => StructAccess.Field<int>(ref _start, StructFieldId.ParametersBitsPerRawSample) = value;
    }

    public int Profile
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.ParametersProfile);
        set => StructAccess.Field<int>(ref _start, StructFieldId.ParametersProfile) = value;
    }

    public int Level
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.ParametersLevel);
        set => StructAccess.Field<int>(ref _start, StructFieldId.ParametersLevel) = value;
    }

    public int Width
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.ParametersWidth);
        set => StructAccess.Field<int>(ref _start, StructFieldId.ParametersWidth) = value;
    }

    public int Height
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.ParametersHeight);
        set => StructAccess.Field<int>(ref _start, StructFieldId.ParametersHeight) = value;
    }

    public AVRational SampleAspectRatio
    {
        get => StructAccess.Field<AVRational>(ref _start, StructFieldId.ParametersSampleAspectRatio);
        set => StructAccess.Field<AVRational>(ref _start, StructFieldId.ParametersSampleAspectRatio) = value;
    }

    public int FieldOrder
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.ParametersFieldOrder);
        set => StructAccess.Field<int>(ref _start, StructFieldId.ParametersFieldOrder) = value;
    }

    public int ColorRange
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.ParametersColorRange);
        set => StructAccess.Field<int>(ref _start, StructFieldId.ParametersColorRange) = value;
    }

    public int ColorPrimaries
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.ParametersColorPrimaries);
        set => StructAccess.Field<int>(ref _start, StructFieldId.ParametersColorPrimaries) = value;
    }

    public int ColorTrc
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.ParametersColorTrc);
        set => StructAccess.Field<int>(ref _start, StructFieldId.ParametersColorTrc) = value;
    }

    public int ColorSpace
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.ParametersColorSpace);
        set => StructAccess.Field<int>(ref _start, StructFieldId.ParametersColorSpace) = value;
    }

    public int ChromaLocation
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.ParametersChromaLocation);
        set => StructAccess.Field<int>(ref _start, StructFieldId.ParametersChromaLocation) = value;
    }

    public int VideoDelay
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.ParametersVideoDelay);
        set => StructAccess.Field<int>(ref _start, StructFieldId.ParametersVideoDelay) = value;
    }

    public int SampleRate
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.ParametersSampleRate);
        set => StructAccess.Field<int>(ref _start, StructFieldId.ParametersSampleRate) = value;
    }

    public int FrameSize
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.ParametersFrameSize);
        set => StructAccess.Field<int>(ref _start, StructFieldId.ParametersFrameSize) = value;
    }

    public AVChannelLayout* ChLayout => (AVChannelLayout*)StructAccess.Address(ref _start, StructFieldId.ParametersChLayout);

    public AVPacketSideData* CodedSideData
    {
        get => (AVPacketSideData*)StructAccess.Field<nint>(ref _start, StructFieldId.ParametersCodedSideData);
        set => StructAccess.Field<nint>(ref _start, StructFieldId.ParametersCodedSideData) = (nint)value;
    }

    public int NbCodedSideData
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.ParametersNbCodedSideData);
        set => StructAccess.Field<int>(ref _start, StructFieldId.ParametersNbCodedSideData) = value;
    }
}
