namespace Vsr.Video;

/// <summary>FFmpeg's display matrix (libavutil/display.h): 3 x 3, columns 0 and 1 in 16.16, column 2 in 2.30 fixed point.</summary>
internal static class DisplayMatrix
{
    /// <summary>Writes the matrix of a pure rotation by a multiple of 90 degrees.</summary>
    /// <param name="rotation">Degrees counterclockwise, as av_display_rotation_get and ffprobe give them.</param>
    /// <param name="matrix">Nine values.</param>
    public static void Write(int rotation, Span<int> matrix)
    {
        // av_display_rotation_get is -atan2(matrix[1], matrix[0]).
        (int cosine, int sine) = (((rotation % 360) + 360) % 360) switch
        {
            0 => (1, 0),
            90 => (0, 1),
            180 => (-1, 0),
            _ => (0, -1),
        };
        matrix.Clear();
        matrix[0] = cosine << 16;
        matrix[1] = -sine << 16;
        matrix[3] = sine << 16;
        matrix[4] = cosine << 16;
        matrix[8] = 1 << 30;
    }
}
