using System.Text.Json.Nodes;
using Vsr.Cli.Bench;

namespace Vsr.Cli.Tests.Bench;

public class LoaderTableTests
{
    private static readonly LoaderRow Row = new()
    {
        Loader = "video",
        Decoder = "nvdec",
        ComputeMs = 100,
        Resolution = "720p",
        Crop = "540x960",
        Batch = 3,
        Frames = 3,
        DataHostMs = 0.011,
        DataGpuMs = 0.004,
        DataMs = 0.015,
        Machine = "here",
        Note = "a note",
    };

    private static readonly BenchReport<LoaderRow> Report = new(
        "a machine", new Dictionary<string, string> { ["vsr"] = "1.2.3" }, "vsr bench loader", [Row, .. StoredRows.All]);

    [Fact]
    public void JsonHasTheNamesThatOtherProgramsRead()
    {
        JsonObject json = JsonNode.Parse(Report.ToJson())!.AsObject();

        Assert.Equal(["machine", "versions", "command", "rows"], json.Select(entry => entry.Key));
        Assert.Equal(
            [
                "loader", "decoder", "cached", "stored", "compute_ms", "resolution", "crop", "batch", "frames", "disk_bytes", "delivered_fps",
                "decoded_per_delivered", "ms_iter", "data_host_ms", "data_gpu_ms", "data_ms", "cpu_ms", "host_rss_mib", "host_anon_mib",
                "device_mib", "engine_percent", "machine", "note",
            ],
            json["rows"]![0]!.AsObject().Select(entry => entry.Key));
        Assert.Equal(0.015, json["rows"]![0]!["data_ms"]!.GetValue<double>());
        Assert.Null(json["rows"]![0]!["engine_percent"]);
        Assert.Equal(Report.Rows, BenchReport<LoaderRow>.Parse(Report.ToJson()).Rows);
    }

    [Fact]
    public void StoredRowsSayWhereTheyAreFrom()
    {
        Assert.All(StoredRows.All, row => Assert.True(row.Stored && row.Machine.Length > 0));
        LoaderRow unloaded = StoredRows.All.First(row => row is { Loader: "dali", ComputeMs: 0, Crop: "540x960", Batch: 3 });
        LoaderRow loaded = StoredRows.All.First(row => row is { Loader: "dali", ComputeMs: 100, Crop: "540x960", Batch: 3 });
        Assert.Equal((435, 20.7, 61L << 20), (unloaded.DeliveredFps, unloaded.MsIter, unloaded.DiskBytes));
        Assert.Equal(0.69, loaded.DataMs);
        Assert.Contains(StoredRows.All, row => row is { DeliveredFps: 2514, MsIter: 3.58 });
        Assert.Contains(StoredRows.All, row => row is { Loader: "png-pytorch", ComputeMs: 100, DataMs: 2.26 });
    }

    [Fact]
    public void ThePlainTableAndTheMarkdownShowRowsNotesAndMachine()
    {
        string plain = LoaderTable.Of(Report).Plain();
        string markdown = LoaderTable.Of(Report).Markdown();

        Assert.Contains("0.015 (0.011 + 0.004)", plain, StringComparison.Ordinal);
        Assert.Contains("1. a note", plain, StringComparison.Ordinal);
        Assert.Contains("dali (stored)", plain, StringComparison.Ordinal);
        Assert.Contains("a machine", plain, StringComparison.Ordinal);
        Assert.Contains("| video | nvdec | 720p | 540x960, 3x3 | 100 |", markdown, StringComparison.Ordinal);
        Assert.Contains("Versions: vsr 1.2.3.", markdown, StringComparison.Ordinal);
        Assert.Contains("    vsr bench loader", markdown, StringComparison.Ordinal);
        Assert.Single(markdown.Split('\n'), line => line.StartsWith("|---|", StringComparison.Ordinal));
    }

    [Fact]
    public void TheMemoryOfALineIsReadInMib()
    {
        Assert.Equal(2.5, ProcessWatch.ReadMib("RssAnon:\t    2560 kB", "RssAnon:"));
        Assert.Null(ProcessWatch.ReadMib("RssFile:\t    2560 kB", "RssAnon:"));
    }
}
