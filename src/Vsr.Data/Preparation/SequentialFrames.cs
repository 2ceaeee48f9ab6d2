using Vsr.Video;

namespace Vsr.Data.Preparation;

/// <summary>Reads frames of a file in order.</summary>
internal static class SequentialFrames
{
    /// <summary>Hands frames over one by one; each is disposed after the call.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="first">The first frame.</param>
    /// <param name="count">How many; null for all that follow.</param>
    /// <param name="take">Gets each frame.</param>
    /// <param name="cancellation">Ends the reading after the present frame.</param>
    /// <returns>False where reading showed the file to be damaged and its frames were numbered anew: the caller starts over.</returns>
    public static bool Read(
        FrameReader reader, int first, int? count, Action<VideoFrame> take, CancellationToken cancellation)
    {
        FrameIndex index = reader.Index;
        int end = first + (count ?? (reader.FrameCount - first));
        for (int i = first; i < end; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            using VideoFrame frame = GetFrame(reader, i, index);
            if (!ReferenceEquals(index, reader.Index))
            {
                return false;
            }

            take(frame);
        }

        return true;
    }

    // The frame may be gone once the file is numbered anew; the last one then stands for it, and the caller sees the new index.
    private static VideoFrame GetFrame(FrameReader reader, int frame, FrameIndex index)
    {
        try
        {
            return reader.GetFrame(frame);
        }
        catch (ArgumentOutOfRangeException) when (!ReferenceEquals(index, reader.Index) && reader.FrameCount > 0)
        {
            return reader.GetFrame(reader.FrameCount - 1);
        }
    }
}
