using System.Text.Json.Nodes;

namespace Vsr.Plots.Results;

/// <summary>The means of `vsr evaluate --example-metric --json`: a network's, and those of bicubic enlargement on the same frames.</summary>
internal sealed record Scores(
    int Clips, int Frames, double PsnrDb, double Ssim, double ExamplePsnrDb, double BicubicPsnrDb, double BicubicSsim, double BicubicExamplePsnrDb)
{
    /// <summary>What the network is better than bicubic by, in dB of the published protocol.</summary>
    public double GainDb => PsnrDb - BicubicPsnrDb;

    /// <summary>Reads a file; null where it is not there.</summary>
    /// <exception cref="ReportException">It is damaged, or no clip was scored.</exception>
    public static Scores? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        JsonNode json = JsonFiles.Read(path);
        double Mean(string name) => json["mean"]?[name]?.GetValue<double>()
            ?? throw new ReportException($"{path} has no mean {name}; score again with --example-metric");
        JsonArray clips = json["clips"]!.AsArray();
        return new Scores(
            clips.Count, clips.Sum(clip => clip!["frames"]!.GetValue<int>()), Mean("psnr_db"), Mean("ssim"), Mean("example_psnr_db"),
            Mean("bicubic_psnr_db"), Mean("bicubic_ssim"), Mean("bicubic_example_psnr_db"));
    }
}
