using System.Text;
using Vsr.Training.Logging;

namespace Vsr.Training.Tests.Logging;

public sealed class TensorBoardWriterTests : IDisposable
{
    private readonly Vsr.Tests.TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheChecksumIsTheOneOfRfc3720()
    {
        Assert.Equal(0xe3069283u, Crc32C.Compute("123456789"u8));
        Assert.Equal(0x8a9136aau, Crc32C.Compute(new byte[32]));
        Assert.Equal(0x46dd794eu, Crc32C.Compute(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray()));
    }

    [Fact]
    public void RecordsAreFramedAndTheChecksumsHold()
    {
        string path;
        using (TensorBoardWriter writer = new(_folder.Path))
        {
            path = writer.Path;
            writer.Scalar("train/loss", 300, 0.25);
            writer.Text("config", "a **run**");
        }

        List<byte[]> records = EventFile.ReadRecords(File.ReadAllBytes(path));

        Assert.Equal(3, records.Count);
        Dictionary<int, object> version = EventFile.Fields(records[0]);
        Assert.Equal("brain.Event:2", Encoding.UTF8.GetString((byte[])version[3]));
        Assert.InRange((double)version[1], 1.6e9, 1e11);
        Dictionary<int, object> scalar = EventFile.Fields(records[1]);
        Assert.Equal(300UL, scalar[2]);
        Dictionary<int, object> value = EventFile.Fields((byte[])EventFile.Fields((byte[])scalar[5])[1]);
        Assert.Equal("train/loss", Encoding.UTF8.GetString((byte[])value[1]));
        Assert.Equal(0.25f, value[2]);
        Dictionary<int, object> text = EventFile.Fields((byte[])EventFile.Fields((byte[])EventFile.Fields(records[2])[5])[1]);
        Assert.Equal("a **run**", Encoding.UTF8.GetString((byte[])EventFile.Fields((byte[])text[8])[8]));
        Assert.Equal("text", Encoding.UTF8.GetString((byte[])EventFile.Fields((byte[])EventFile.Fields((byte[])text[9])[1])[1]));
    }

    [Fact]
    public void TwoWritersInTheSameSecondHaveTheirOwnFiles()
    {
        using TensorBoardWriter first = new(_folder.Path);
        using TensorBoardWriter second = new(_folder.Path);

        Assert.NotEqual(first.Path, second.Path);
    }

    [Fact]
    public void TheFileIsTheGoldenOneByteForByte()
    {
        FixedTime time = new(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_250));
        Dictionary<string, object> settings = new() { ["Timing"] = true, ["Schedule"] = "triangular", ["Batch"] = 7.0 };
        string path;
        using (TensorBoardWriter writer = new(_folder.Path, time))
        {
            path = writer.Path;
            writer.Restart(301);
            writer.Text("config", "```\n{}\n```", 300);
            writer.HyperParameters(settings, ["train_loss", "val_psnr"]);
            writer.Scalar("train_loss", 301, 0.125, time.GetUtcNow() - TimeSpan.FromSeconds(1.5));
            writer.Scalar("learning_rate", 301, 1e-5);
            writer.Image("prediction", 70000, 2, 1, RedAndBlue());
            writer.End();
        }

        string golden = Path.Combine(Vsr.Tests.SharedData.RepositoryRoot, "tests/Vsr.Training.Tests/Golden/events.bin");
        Assert.Equal(EventFile.ReadRecords(File.ReadAllBytes(golden)), EventFile.ReadRecords(File.ReadAllBytes(path)));
        Assert.Equal(File.ReadAllBytes(golden), File.ReadAllBytes(path));
    }

    [Fact]
    public void APictureOfOurOwnEncoderIsAWholePng()
    {
        Vsr.Video.RgbImage image = Vsr.Video.RgbImage.FromRgb8(2, 1, [255, 0, 0, 0, 0, 255]);
        string path = _folder.File("picture.png");

        File.WriteAllBytes(path, Vsr.Video.PictureFile.EncodePng(image));

        Assert.Equal([255, 0, 0, 0, 0, 255], Vsr.Video.PictureFile.ReadRgb(path).Samples8.ToArray());
        File.WriteAllBytes(path, RedAndBlue());
        Assert.Equal([255, 0, 0, 0, 0, 255], Vsr.Video.PictureFile.ReadRgb(path).Samples8.ToArray());
    }

    /// <summary>The golden file's picture: 2x1 pixels, stored without compression.</summary>
    private static byte[] RedAndBlue() => Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAEklEQVR4AQEHAPj/AP8AAAAA/wcAAf9VNrrHAAAAAElFTkSuQmCC");
}
