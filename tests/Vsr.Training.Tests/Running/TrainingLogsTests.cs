using System.Text.Json.Nodes;
using TorchSharp;
using Vsr.Models;
using Vsr.Training.Running;
using Vsr.Training.Tests.Logging;
using Vsr.Video;

namespace Vsr.Training.Tests.Running;

/// <summary>What a run tells TensorBoard, under the example's tags, at the global step.</summary>
public sealed class TrainingLogsTests : IDisposable
{
    private readonly Vsr.Tests.TemporaryFolder _folder = new();

    public TrainingLogsTests() => OneThread.Ensure();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ARunWritesTheExamplesTags()
    {
        TrainingOptions options = TinyRun.VsrNet(7) with { ImageEvery = 3, Timing = true, Precision = "bf16" };
        TinyRun.Train(_folder.Path, options);

        List<EventFile.Entry> events = EventFile.Read(_folder.File("tensorboard"));

        Assert.Equal([1, 2, 3, 4, 5, 6, 7], Steps("train_loss"));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], Steps("learning_rate"));
        Assert.Equal([3, 5], Steps("sample_time"));        // five windows, two a step: epochs end in steps 3, 5 and 8
        Assert.Equal([3, 5], Steps("sample_data_time"));
        Assert.Equal([3, 5], Steps("sample_compute_time"));
        Assert.All(Values("sample_data_time"), value => Assert.True(value > 0));
        Assert.Equal(Values("sample_time"), Values("sample_data_time").Zip(Values("sample_compute_time"), (a, b) => a + b), (a, b) => Math.Abs(a - b) < 1e-3);
        foreach (string tag in new[] { "target", "downsampled", "upsampled", "prediction" })
        {
            Assert.Equal([3, 6], Steps(tag));
        }

        Assert.Equal(TinyRun.Losses(_folder.Path).Select(line => line.Loss), Values("train_loss"));
        EventFile.Entry config = events.Single(entry => entry.Tag == "config");
        Assert.Contains("\"Precision\": \"bf16\"", config.Text, StringComparison.Ordinal);
        Assert.Equal(
            ["_hparams_/experiment", "_hparams_/session_start_info", "_hparams_/session_end_info"],
            events.Where(entry => entry.Plugin == "hparams").Select(entry => entry.Tag));

        IEnumerable<long> Steps(string tag) => events.Where(entry => entry.Tag == tag).Select(entry => entry.Step);
        IEnumerable<float> Values(string tag) => events.Where(entry => entry.Tag == tag).Select(entry => entry.Scalar!.Value);
    }

    [Fact]
    public void PicturesAreThoseOfTheStep()
    {
        TinyRun.Train(_folder.Path, TinyRun.VsrNet(1) with { ImageEvery = 1 });

        Dictionary<string, RgbImage> pictures = EventFile.Read(_folder.File("tensorboard"))
            .Where(entry => entry.Png is not null).ToDictionary(entry => entry.Tag, entry => Decode(entry.Png!));

        Assert.Equal((24, 16), (pictures["target"].Width, pictures["target"].Height));
        Assert.Equal((6, 4), (pictures["downsampled"].Width, pictures["downsampled"].Height));
        Assert.Equal((24, 16), (pictures["prediction"].Width, pictures["upsampled"].Height));
        using torch.Tensor batch = torch.zeros([2, 3, 3, 16, 24], torch.ScalarType.Byte);
        new FakeBatches(1).Fill(batch);
        using torch.Tensor middle = batch[0][1].contiguous();
        Assert.Equal(middle.data<byte>().ToArray(), pictures["target"].Samples8.ToArray());
        Assert.NotEqual(pictures["upsampled"].Samples8.ToArray(), pictures["target"].Samples8.ToArray());
        Assert.NotEqual(pictures["upsampled"].Samples8.ToArray(), pictures["prediction"].Samples8.ToArray());
    }

    [Fact]
    public void AResumedRunTellsWhereItGoesOn()
    {
        TinyRun.Train(_folder.Path, TinyRun.VsrNet(6));
        TinyRun.Train(_folder.Path, TinyRun.VsrNet(8));

        string[] files = [.. Directory.GetFiles(_folder.File("tensorboard")).Order(StringComparer.Ordinal)];
        Dictionary<int, object> second = EventFile.Fields(EventFile.ReadRecords(File.ReadAllBytes(files[1]))[1]);

        Assert.Equal(2, files.Length);
        Assert.Equal(7UL, second[2]);
        Assert.Equal(1UL, EventFile.Fields((byte[])second[7])[1]);      // SessionLog.START
        Assert.Equal([0L, 6L], EventFile.Read(_folder.File("tensorboard")).Where(entry => entry.Tag == "config").Select(entry => entry.Step));
    }

    [Fact]
    public void StepsLieOnTheTimeAxisWhereTheyWereMade()
    {
        FixedTime time = new(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));
        using (TrainingLogs logs = new(TinyRun.VsrNet(1), new RunFolder(_folder.Path), 0, time))
        {
            time.Now += TimeSpan.FromSeconds(4);
            logs.Steps(4, [(1f, 1e-3), (2f, 1e-3), (3f, 1e-3), (4f, 1e-3)], dataMs: 0);
            time.Now += TimeSpan.FromSeconds(100);      // a validation
            logs.Validation(4, new JsonObject { ["val_loss"] = 0.5, ["val_psnr_db"] = 30.25 });
            logs.BeginBlock();
            time.Now += TimeSpan.FromSeconds(2);
            logs.Steps(6, [(5f, 1e-3), (6f, 1e-3)], dataMs: 0);
        }

        List<EventFile.Entry> events = EventFile.Read(_folder.File("tensorboard"));
        Assert.Equal(
            [(1, 1.0), (2, 2.0), (3, 3.0), (4, 4.0), (5, 105.0), (6, 106.0)],
            events.Where(entry => entry.Tag == "train_loss").Select(entry => ((int)entry.Step, entry.Time - 1_700_000_000)));
        Assert.Equal([(4L, 0.5f)], events.Where(entry => entry.Tag == "val_loss").Select(entry => (entry.Step, entry.Scalar!.Value)));
        Assert.Equal([(4L, 30.25f)], events.Where(entry => entry.Tag == "val_psnr").Select(entry => (entry.Step, entry.Scalar!.Value)));
        Assert.Contains("\"val_psnr_db\":30.25", File.ReadAllText(_folder.File("metrics.jsonl")), StringComparison.Ordinal);
    }

    [Fact]
    public void PicturesLeaveTheNetworkAsItIs()
    {
        TrainingOptions options = TinyRun.VsrNet(1) with { Flow = "none" };
        using VsrNet network = (VsrNet)TrainingNetwork.Create(options);
        using Vsr.Training.Tasks.VsrNetTask task = new(
            network, new FakeBatches(1), new Vsr.Training.Losses.MeanSquaredError(), new(2, 3, 16, 24), torch.CPU);
        task.AdaptTo(0);
        task.FillInput();
        Dictionary<string, byte[]> before = State();

        foreach (var picture in task.Pictures())
        {
            picture.Rgb.Dispose();
        }

        Assert.True(network.training);
        Assert.Equal(before, State());

        Dictionary<string, byte[]> State() => network.state_dict().ToDictionary(pair => pair.Key, pair => Bytes(pair.Value));

        static byte[] Bytes(torch.Tensor tensor)
        {
            using torch.Tensor copy = tensor.detach().clone();
            return copy.bytes.ToArray();
        }
    }

    [Fact]
    public void TensorBoardItselfReadsTheRunBack()
    {
        string script = Path.Combine(Vsr.Tests.SharedData.RepositoryRoot, "eng", "check-tensorboard");
        Assert.SkipUnless(
            Vsr.Tests.OracleProgram.TryRun("python3", "-c", "import tensorboard").ExitCode == 0,
            "needs Python's tensorboard package (pip install tensorboard)");
        TinyRun.Train(_folder.Path, TinyRun.VsrNet(8) with { ImageEvery = 3, Timing = true });
        TinyRun.Train(_folder.Path, TinyRun.VsrNet(12) with { ImageEvery = 3, Timing = true });

        string report = Vsr.Tests.OracleProgram.Run(
            "python3", script, _folder.File("tensorboard"), "config", "learning_rate", "train_loss", "sample_time", "sample_data_time",
            "sample_compute_time", "target", "downsampled", "upsampled", "prediction", "_hparams_/experiment",
            "_hparams_/session_start_info", "_hparams_/session_end_info");

        Assert.Contains("scalar train_loss: 12 values, steps 1 to 12", report, StringComparison.Ordinal);
        Assert.Contains("image prediction: 4 pictures of 24x16, steps [3, 6, 9, 12]", report, StringComparison.Ordinal);
        Assert.Contains("hparam Batch = number_value: 2", report, StringComparison.Ordinal);
    }

    private RgbImage Decode(byte[] png)
    {
        string path = _folder.File("picture.png");
        File.WriteAllBytes(path, png);
        return PictureFile.ReadRgb(path);
    }
}
