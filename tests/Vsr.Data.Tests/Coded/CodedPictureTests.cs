using CsCheck;

namespace Vsr.Data.Tests;

public class CodedPictureTests
{
    private static readonly Gen<int> Frames = Gen.Int[0, CodedPicture.MostFrames - 1];

    [Fact]
    public void Every_tile_tells_file_and_frame() =>
        Gen.Select(Gen.Int[0, CodedPicture.MostFiles - 1], Frames).Sample((file, frame) =>
        {
            byte[] picture = CodedPicture.Draw(file, frame, 160, 96);
            Assert.All(Tiles(picture, 160, 96, flip: false), tile => Assert.Equal((file, frame), tile));
        }, iter: 50);

    [Fact]
    public void A_flipped_picture_is_not_taken_for_any() =>
        Gen.Select(Gen.Int[0, CodedPicture.MostFiles - 1], Frames).Sample((file, frame) =>
        {
            byte[] picture = CodedPicture.Draw(file, frame, 160, 96);
            Assert.Contains(Tiles(picture, 160, 96, flip: true), tile => tile != (file, frame));
        }, iter: 200);

    private static IEnumerable<(int File, int Frame)?> Tiles(byte[] picture, int width, int height, bool flip) =>
        from row in Enumerable.Range(0, height / CodedPicture.Tile)
        from column in Enumerable.Range(0, width / CodedPicture.Tile)
        select CodedPicture.Read(column, row, (x, y) => picture[y * width + (flip ? width - 1 - x : x)]);
}
