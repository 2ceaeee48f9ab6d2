using Vsr.Interop.FFmpeg;

namespace Vsr.Video.Writing;

/// <summary>Carries chapters from one file to another.</summary>
internal static unsafe class StreamCopyChapters
{
    /// <summary>Copies all chapters with their titles, before the header is written.</summary>
    /// <param name="from">The input.</param>
    /// <param name="to">The output, which has no chapters yet and frees them.</param>
    /// <param name="shiftMicroseconds">What is added to their times.</param>
    public static void Copy(AVFormatContext* from, AVFormatContext* to, long shiftMicroseconds)
    {
        uint count = from->NbChapters;
        if (count == 0)
        {
            return;
        }

        AVChapter** chapters = (AVChapter**)LibAvUtil.av_mallocz(count * (nuint)sizeof(AVChapter*));
        for (uint i = 0; i < count; i++)
        {
            AVChapter* source = from->Chapters[i];
            AVChapter* chapter = (AVChapter*)LibAvUtil.av_mallocz((nuint)sizeof(AVChapter));
            long shift = LibAvUtil.av_rescale_q(shiftMicroseconds, new AVRational(1, 1_000_000), source->TimeBase);
            *chapter = *source;
            chapter->Start = Math.Max(0, source->Start + shift);
            chapter->End = Math.Max(0, source->End + shift);
            chapter->Metadata = null;
            StreamCopyTags.CopyEntries(source->Metadata, &chapter->Metadata, []);
            chapters[i] = chapter;
        }

        to->Chapters = chapters;
        to->NbChapters = count;
    }
}
