namespace Vsr.Data.Tests;

/// <summary>
/// Pictures that say in every tile of 32 x 32 pixels of what file and frame they are: 4 x 4 light and dark blocks, coarse enough to
/// survive any encoder. Four of the 16 bits check the others and the tile's place.
/// </summary>
internal static class CodedPicture
{
    public const int Tile = 32;
    public const int MostFiles = 32;
    public const int MostFrames = 128;
    private const int Block = Tile / 4;
    private const byte Light = 208;
    private const byte Dark = 48;

    /// <summary>uint8 [3, height, width].</summary>
    public static byte[] Draw(int file, int frame, int width, int height)
    {
        byte[] planar = new byte[3 * width * height];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int bit = y % Tile / Block * 4 + x % Tile / Block;
                bool light = (Bits(file, frame, x / Tile, y / Tile) >> bit & 1) != 0;
                planar[y * width + x] = light ? Light : Dark;
            }
        }

        planar.AsSpan(0, width * height).CopyTo(planar.AsSpan(width * height));
        planar.AsSpan(0, width * height).CopyTo(planar.AsSpan(2 * width * height));
        return planar;
    }

    /// <summary>Reads a tile: file and frame, or null where the check bits do not agree.</summary>
    /// <param name="column">The tile's column in the whole picture.</param>
    /// <param name="row">The tile's row in the whole picture.</param>
    /// <param name="level">The value, 0..255, of a pixel of the whole picture by its x and y.</param>
    public static (int File, int Frame)? Read(int column, int row, Func<int, int, float> level)
    {
        int bits = 0;
        for (int bit = 0; bit < 16; bit++)
        {
            (int down, int across) = Math.DivRem(bit, 4);
            float sum = 0;
            for (int y = 2; y < Block - 2; y++)
            {
                for (int x = 2; x < Block - 2; x++)
                {
                    sum += level(column * Tile + across * Block + x, row * Tile + down * Block + y);
                }
            }

            bits |= (sum / ((Block - 4) * (Block - 4)) > (Light + Dark) / 2 ? 1 : 0) << bit;
        }

        (int file, int frame) = (bits & 31, bits >> 5 & 127);
        return bits == Bits(file, frame, column, row) ? (file, frame) : null;
    }

    private static int Bits(int file, int frame, int column, int row)
    {
        uint hash = ((uint)file * 0x9E3779B1 + (uint)frame * 0x85EBCA77 + (uint)column * 0xC2B2AE3D + (uint)row * 0x27D4EB2F) * 0x165667B1;
        return file | frame << 5 | (int)(hash >> 28) << 12;
    }
}
