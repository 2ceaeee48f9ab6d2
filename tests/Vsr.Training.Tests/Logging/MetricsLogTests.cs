using System.Text.Json.Nodes;
using Vsr.Training.Logging;

namespace Vsr.Training.Tests.Logging;

public sealed class MetricsLogTests : IDisposable
{
    private readonly Vsr.Tests.TemporaryFolder _folder = new();

    private string Path => _folder.File("metrics.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void LossesComeBackBitForBit()
    {
        float[] losses = [0.1f, 1f / 3, float.Epsilon, 3.4e38f];
        using (MetricsLog log = MetricsLog.Create(Path))
        {
            for (int i = 0; i < losses.Length; i++)
            {
                log.Step(i + 1, losses[i], 4e-4);
            }
        }

        Assert.Equal(losses, File.ReadLines(Path).Select(line => JsonNode.Parse(line)!["loss"]!.GetValue<float>()));
    }

    [Fact]
    public void ResumingRemovesLaterStepsAndALineCutShort()
    {
        File.WriteAllText(Path, """
            {"step":1,"loss":0.5}
            {"step":2,"loss":0.4}
            {"step":2,"val_psnr_db":30}
            {"step":3,"loss":0.3}
            {"step":4,"lo
            """);

        using (MetricsLog log = MetricsLog.Resume(Path, 2))
        {
            log.Step(3, 0.25f, 1e-4);
        }

        Assert.Equal([1L, 2L, 2L, 3L], File.ReadLines(Path).Select(line => JsonNode.Parse(line)!["step"]!.GetValue<long>()));
        Assert.Contains("0.25", File.ReadLines(Path).Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void ResumingWithoutALogStartsOne()
    {
        using (MetricsLog log = MetricsLog.Resume(Path, 10))
        {
            log.Step(11, 1, 1);
        }

        Assert.Single(File.ReadLines(Path));
    }
}
