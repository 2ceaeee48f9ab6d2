namespace Vsr.Interop.FFmpeg;

/// <summary>What a parser found out about the last packet. Never created or copied by value: only pointers to FFmpeg's own memory are used.</summary>
/// <remarks>Fields are reached through <see cref="FFmpegOffsets"/>, because their places differ between releases.</remarks>
internal unsafe struct AVCodecParserContext
{
    private byte _start;

    public int Flags
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.ParserFlags);
        set => StructAccess.Field<int>(ref _start, StructFieldId.ParserFlags) = value;
    }

    public int PictType
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.ParserPictType);
        set => StructAccess.Field<int>(ref _start, StructFieldId.ParserPictType) = value;
    }

    public int KeyFrame
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.ParserKeyFrame);
        set => StructAccess.Field<int>(ref _start, StructFieldId.ParserKeyFrame) = value;
    }

    public int PictureStructure
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.ParserPictureStructure);
        set => StructAccess.Field<int>(ref _start, StructFieldId.ParserPictureStructure) = value;
    }

    public int OutputPictureNumber
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.ParserOutputPictureNumber);
        set => StructAccess.Field<int>(ref _start, StructFieldId.ParserOutputPictureNumber) = value;
    }

    public int Width
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.ParserWidth);
        set => StructAccess.Field<int>(ref _start, StructFieldId.ParserWidth) = value;
    }

    public int Format
    {
        get => StructAccess.Field<int>(ref _start, StructFieldId.ParserFormat);
        set => StructAccess.Field<int>(ref _start, StructFieldId.ParserFormat) = value;
    }
}
