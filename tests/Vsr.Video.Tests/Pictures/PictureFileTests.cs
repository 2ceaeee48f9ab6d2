using Vsr.Tests;

namespace Vsr.Video.Tests.Pictures;

public class PictureFileTests
{
    [Theory]
    [InlineData("rgb24")]
    [InlineData("rgba")]
    [InlineData("pal8")]
    [InlineData("gray")]
    [InlineData("ya8")]
    [InlineData("monob")]
    [InlineData("rgb48be")]
    [InlineData("rgba64be")]
    [InlineData("gray16be")]
    [InlineData("ya16be")]
    public void PngOfEveryFormatReadsAsFfmpegReadsIt(string format)
    {
        using TemporaryFolder folder = new();
        OracleProgram.Run("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=size=67x43", "-frames:v", "1",
            "-pix_fmt", format, folder.File("a.png"));
        bool deep = format.Contains("16", StringComparison.Ordinal) || format.Contains("48", StringComparison.Ordinal)
            || format.Contains("64", StringComparison.Ordinal);
        string target = format.Contains('y', StringComparison.Ordinal) ? (deep ? "gray16le" : "gray") : deep ? "rgb48le" : "rgb24";
        target = format == "monob" ? "gray" : target;
        OracleProgram.Run("ffmpeg", "-v", "error", "-i", folder.File("a.png"), "-pix_fmt", target, "-f", "rawvideo",
            folder.File("a.raw"));
        byte[] expected = File.ReadAllBytes(folder.File("a.raw"));

        RgbImage image = PictureFile.ReadRgb(folder.File("a.png"));

        Assert.Equal((67, 43, deep ? 16 : 8), (image.Width, image.Height, image.BitDepth));
        int channels = target.StartsWith("gray", StringComparison.Ordinal) ? 1 : 3;
        for (int i = 0; i < 3 * 67 * 43; i++)
        {
            int at = (i % (67 * 43) * channels) + (channels == 1 ? 0 : i / (67 * 43));
            int want = deep ? expected[2 * at] | (expected[(2 * at) + 1] << 8) : expected[at];
            Assert.Equal(want, deep ? image.Samples16[i] : image.Samples8[i]);
        }
    }

    [Theory]
    [InlineData("yuvj420p")]
    [InlineData("yuvj422p")]
    [InlineData("yuvj444p")]
    [InlineData("gray")]
    public void JpegIsWithinOneLevelOfSwscale(string format)
    {
        using TemporaryFolder folder = new();
        OracleProgram.Run("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=66x42", "-frames:v", "1",
            "-pix_fmt", format, "-q:v", "2", folder.File("a.jpg"));
        int verticalSite = format == "yuvj420p" ? 128 : 0;
        int horizontalSite = format is "yuvj420p" or "yuvj422p" ? 128 : 0;
        OracleProgram.Run("ffmpeg", "-v", "error", "-i", folder.File("a.jpg"), "-vf",
            $"scale=flags=accurate_rnd+full_chroma_int+full_chroma_inp+bilinear:in_color_matrix=bt601:in_range=pc"
            + $":in_h_chr_pos={horizontalSite}:in_v_chr_pos={verticalSite}:out_range=pc,format=gbrp", "-f", "rawvideo",
            folder.File("a.raw"));
        byte[] planes = File.ReadAllBytes(folder.File("a.raw"));
        int area = 66 * 42;
        byte[] expected = [.. planes[(2 * area)..], .. planes[..(2 * area)]];

        byte[] own = PictureFile.ReadRgb(folder.File("a.jpg")).Samples8.ToArray();

        Assert.True(own.Zip(expected, (a, b) => Math.Abs(a - b)).Max() <= 1);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    public void PngGivesBackWhatWasWritten(int bits)
    {
        using TemporaryFolder folder = new();
        RgbImage image = Noise(37, 29, bits);
        PictureFile.Write(folder.File("a.png"), image);
        RgbImage back = PictureFile.ReadRgb(folder.File("a.png"));

        Assert.Equal(bits, back.BitDepth);
        if (bits == 8)
        {
            Assert.Equal(image.Samples8.ToArray(), back.Samples8.ToArray());
        }
        else
        {
            Assert.Equal(image.Samples16.ToArray(), back.Samples16.ToArray());
        }

        Assert.Single(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void JpegGivesBackNearlyWhatWasWritten()
    {
        using TemporaryFolder folder = new();
        RgbImage image = new(64, 48, 16);
        for (int i = 0; i < image.Samples16.Length; i++)
        {
            image.Samples16[i] = (ushort)((i % 64 * 700) + (i / 64 % 48 * 400));
        }

        PictureFile.Write(folder.File("a.jpg"), image);
        RgbImage back = PictureFile.ReadRgb(folder.File("a.jpg"));
        RgbImage expected = image.To8Bit();
        double error = 0;
        for (int i = 0; i < back.Samples8.Length; i++)
        {
            error += Math.Pow(back.Samples8[i] - expected.Samples8[i], 2);
        }

        Assert.True(error / back.Samples8.Length < 4, $"mean square error {error / back.Samples8.Length}");
    }

    [Theory]
    [InlineData("png")]
    [InlineData("jpg")]
    public void DamagedFilesAreFormatErrors(string extension)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("a." + extension);
        PictureFile.Write(path, Noise(64, 48, 8));
        byte[] whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, whole[..(whole.Length / 2)]);
        VideoFormatException cut = Assert.Throws<VideoFormatException>(() => PictureFile.ReadRgb(path));
        Assert.Equal(path, cut.File);

        File.WriteAllBytes(path, []);
        Assert.Contains("empty", Assert.Throws<VideoFormatException>(() => PictureFile.Read(path)).Message, StringComparison.Ordinal);
        File.WriteAllText(path, "no picture");
        Assert.Contains("no .png or .jpg", Assert.Throws<VideoFormatException>(() => PictureFile.Read(path)).Message, StringComparison.Ordinal);
        Assert.Throws<VsrException>(() => PictureFile.Read(folder.File("missing.png")));
        Assert.Throws<VsrException>(() => PictureFile.Read(folder.Path));
        Assert.Throws<ArgumentException>(() => PictureFile.Write(folder.File("a.bmp"), new RgbImage(4, 4)));
        Assert.Throws<VsrException>(() => PictureFile.Write(folder.File("nowhere/a.png"), new RgbImage(4, 4)));
    }

    [Theory]
    [InlineData(0, "abcdef", 3)]
    [InlineData(90, "daebfc", 2)]
    [InlineData(-270, "daebfc", 2)]
    [InlineData(180, "fedcba", 3)]
    [InlineData(-90, "cfbead", 2)]
    public void RotationTurnsClockwise(int degrees, string expected, int width)
    {
        // abc
        // def
        RgbImage image = RgbImage.FromRgb8(3, 2, "abcdefabcdefabcdef"u8);
        RgbImage turned = image.Rotate(degrees);
        Assert.Equal(width, turned.Width);
        Assert.Equal(expected + expected + expected, System.Text.Encoding.ASCII.GetString(turned.Samples8));
    }

    [Fact]
    public void AFolderGivesItsPicturesInNameOrder()
    {
        using TemporaryFolder folder = new();
        foreach (string name in (string[])["b.png", "a.png", "c.jpg", ".hidden.png", "notes.txt"])
        {
            RgbImage image = new(16, 8);
            image.Samples8.Fill((byte)(name[0] * 2));
            string path = folder.File(name);
            if (name.EndsWith(".txt", StringComparison.Ordinal))
            {
                File.WriteAllText(path, name);
            }
            else
            {
                PictureFile.Write(path, image);
            }
        }

        using PictureFolder source = new PictureFolder(folder.Path);
        Assert.Equal((3, 16, 8), (source.FrameCount, source.Width, source.Height));
        byte[] planar = new byte[3 * 16 * 8];
        for (int i = 0; i < 3; i++)
        {
            source.ReadRgb8(i, planar);
            Assert.All(planar, value => Assert.Equal(('a' + i) * 2, value, 1.0));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => source.ReadRgb8(3, planar));
        PictureFile.Write(folder.File("d.png"), new RgbImage(8, 8));
        using PictureFolder uneven = new PictureFolder(folder.Path);
        Assert.Contains("8x8", Assert.Throws<VideoFormatException>(() => uneven.ReadRgb8(3, planar)).Message, StringComparison.Ordinal);
    }

    private static RgbImage Noise(int width, int height, int bits)
    {
        RgbImage image = new(width, height, bits);
        Random random = new(width + bits);
        for (int i = 0; i < 3 * width * height; i++)
        {
            if (bits == 8)
            {
                image.Samples8[i] = (byte)random.Next(256);
            }
            else
            {
                image.Samples16[i] = (ushort)random.Next(65536);
            }
        }

        return image;
    }
}
