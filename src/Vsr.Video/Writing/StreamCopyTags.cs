using Vsr.Interop.FFmpeg;

namespace Vsr.Video.Writing;

/// <summary>Carries tags (language, title, creation time) and the display matrix from one file to another.</summary>
internal static unsafe class StreamCopyTags
{
    private const int AnyKey = 2; // AV_DICT_IGNORE_SUFFIX: with an empty key, every entry

    /// <summary>The codec tag 'tx3g' of MPEG-4 timed text.</summary>
    public const uint Tx3g = 't' | ('x' << 8) | ('3' << 16) | ((uint)'g' << 24);

    // What the output's muxer writes itself, and what describes the coding of the input.
    private static readonly string[] FileKeys = ["encoder", "major_brand", "minor_version", "compatible_brands", "duration"];

    private static readonly string[] CodedKeys =
        ["encoder", "rotate", "duration", "bps", "number_of_frames", "number_of_bytes", "_statistics", "vendor_id"];

    /// <summary>Copies the tags of a whole file.</summary>
    public static void CopyFile(AVFormatContext* from, AVFormatContext* to)
    {
        AVDictionary* target = to->Metadata;
        CopyEntries(from->Metadata, &target, FileKeys);
        to->Metadata = target;
    }

    /// <summary>Copies the tags and the disposition of a stream whose packets are copied.</summary>
    public static void CopyAll(AVStream* from, AVStream* to) => Copy(from, to, []);

    /// <summary>Copies those tags and the disposition of a stream that still hold when its pictures are coded anew.</summary>
    public static void CopyEncoded(AVStream* from, AVStream* to) => Copy(from, to, CodedKeys);

    /// <summary>Whether a stream has a display matrix.</summary>
    public static bool HasDisplayMatrix(AVStream* stream) => FindDisplayMatrix(stream, out _) is not null;

    /// <summary>Copies the display matrix (rotation, flips) to the bit, before the header is written.</summary>
    public static void CopyDisplayMatrix(AVStream* from, AVStream* to)
    {
        byte* matrix = FindDisplayMatrix(from, out nuint size);
        if (matrix is null)
        {
            return;
        }

        byte* copy = IsSideDataOnStream
            ? LibAvFormat.av_stream_new_side_data(to, FFmpegConstants.PacketSideDataDisplayMatrix, size)
            : AddToParameters(to, size);
        if (copy is not null)
        {
            Buffer.MemoryCopy(matrix, copy, (long)size, (long)size);
        }
    }

    // From 6.1 on, FFmpeg keeps a stream's side data in its codec parameters.
    private static bool IsSideDataOnStream => FFmpegLibrary.Instance.Release == FFmpegRelease.V51;

    private static byte* FindDisplayMatrix(AVStream* stream, out nuint size)
    {
        const int type = FFmpegConstants.PacketSideDataDisplayMatrix;
        nuint bytes = 0;
        byte* matrix;
        if (IsSideDataOnStream)
        {
            matrix = LibAvFormat.av_stream_get_side_data(stream, type, &bytes);
        }
        else
        {
            AVPacketSideData* entry = LibAvCodec.av_packet_side_data_get(
                stream->Codecpar->CodedSideData, stream->Codecpar->NbCodedSideData, type);
            matrix = entry is null ? null : entry->Data;
            bytes = entry is null ? 0 : entry->Size;
        }

        size = bytes;
        return matrix;
    }

    private static byte* AddToParameters(AVStream* stream, nuint size)
    {
        AVPacketSideData* list = stream->Codecpar->CodedSideData;
        int count = stream->Codecpar->NbCodedSideData;
        AVPacketSideData* entry = LibAvCodec.av_packet_side_data_new(
            &list, &count, FFmpegConstants.PacketSideDataDisplayMatrix, size, 0);
        stream->Codecpar->CodedSideData = list;
        stream->Codecpar->NbCodedSideData = count;
        return entry is null ? null : entry->Data;
    }

    /// <summary>Copies the entries whose keys start with none of <paramref name="except"/>.</summary>
    public static void CopyEntries(AVDictionary* from, AVDictionary** to, string[] except)
    {
        AVDictionaryEntry* entry = null;
        while ((entry = LibAvUtil.av_dict_get(from, "", entry, AnyKey)) is not null)
        {
            string key = Utf8.ToText(entry->Key)!;
            if (!except.Any(start => key.StartsWith(start, StringComparison.OrdinalIgnoreCase)))
            {
                _ = LibAvUtil.av_dict_set(to, key, Utf8.ToText(entry->Value), 0);
            }
        }
    }

    private static void Copy(AVStream* from, AVStream* to, string[] except)
    {
        AVDictionary* target = to->Metadata;
        CopyEntries(from->Metadata, &target, except);
        to->Metadata = target;
        to->Disposition = from->Disposition;
    }
}
