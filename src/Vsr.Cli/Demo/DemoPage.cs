using System.Globalization;
using System.Text;

namespace Vsr.Cli.Demo;

/// <summary>Writes demo/report.html: a before/after slider, the figures and the training curve. Needs no network and no script library.</summary>
internal static class DemoPage
{
    /// <summary>The page; the pictures and the video are files beside it.</summary>
    /// <param name="figures">The measured figures.</param>
    /// <param name="losses">The training loss of every step.</param>
    public static string Write(DemoFigures figures, IReadOnlyList<double> losses)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        string Db(double value) => value.ToString("0.00", invariant);
        string Gain(double value) => (value - figures.BicubicPsnr).ToString("+0.00;-0.00", invariant);
        string Ssim(double value) => value.ToString("0.0000", invariant);
        return Template
            .Replace("{{rows}}", $"""
                <tr><td>bicubic</td><td>{Db(figures.BicubicPsnr)}</td><td></td><td>{Ssim(figures.BicubicSsim)}</td></tr>
                <tr><td>trained here, {figures.TrainingSeconds.ToString("0", invariant)} s on the CPU</td><td>{Db(figures.TrainedPsnr)}</td><td>{Gain(figures.TrainedPsnr)}</td><td>{Ssim(figures.TrainedSsim)}</td></tr>
                <tr><td>shipped weights</td><td>{Db(figures.ShippedPsnr)}</td><td>{Gain(figures.ShippedPsnr)}</td><td>{Ssim(figures.ShippedSsim)}</td></tr>
                """)
            .Replace("{{scored}}", figures.ScoredFrames.ToString(invariant))
            .Replace("{{steps}}", figures.TrainingSteps.ToString(invariant))
            .Replace("{{frames}}", figures.UpscaledFrames.ToString(invariant))
            .Replace("{{curve}}", Curve(losses));
    }

    /// <summary>An SVG line of the losses, averaged into at most 120 points, on a logarithmic scale.</summary>
    private static string Curve(IReadOnlyList<double> losses)
    {
        const int maximumPoints = 120;
        const double width = 640, height = 160;
        if (losses.Count < 2)
        {
            return "";
        }

        int points = Math.Min(maximumPoints, losses.Count);
        double[] logarithms = [.. Enumerable.Range(0, points).Select(point =>
        {
            int from = point * losses.Count / points, to = Math.Max(from + 1, (point + 1) * losses.Count / points);
            return Math.Log10(Math.Max(1e-9, losses.Skip(from).Take(to - from).Average()));
        })];
        double low = logarithms.Min(), span = Math.Max(1e-6, logarithms.Max() - low);
        StringBuilder path = new();
        for (int point = 0; point < points; point++)
        {
            double x = width * point / (points - 1), y = height * (1 - (logarithms[point] - low) / span);
            path.Append(CultureInfo.InvariantCulture, $"{(point == 0 ? 'M' : 'L')}{x:0.0},{y:0.0} ");
        }

        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg viewBox="-4 -8 {width + 8:0} {height + 16:0}" role="img" aria-label="training loss"><path d="{path}" fill="none" stroke="currentColor" stroke-width="2"/></svg>
            <p class="note">Loss over {losses.Count} steps, from {Math.Pow(10, logarithms[0]):0.0000} to {Math.Pow(10, logarithms[^1]):0.0000}, logarithmic scale.</p>
            """);
    }

    private const string Template = """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>vsr demo</title>
        <style>
          :root { color-scheme: light dark; }
          body { font: 16px/1.5 system-ui, sans-serif; max-width: 980px; margin: 2rem auto; padding: 0 1rem; }
          h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
          .slider { position: relative; line-height: 0; user-select: none; }
          .slider img { width: 100%; image-rendering: auto; }
          .slider .after { position: absolute; inset: 0; clip-path: inset(0 0 0 var(--cut, 50%)); }
          .slider .bar { position: absolute; top: 0; bottom: 0; left: var(--cut, 50%); width: 2px; background: #fff; box-shadow: 0 0 4px #000; }
          .slider input { position: absolute; inset: 0; width: 100%; height: 100%; opacity: 0; cursor: ew-resize; }
          .slider span { position: absolute; bottom: .5rem; padding: .1rem .5rem; background: #000a; color: #fff; font-size: .85rem; line-height: 1.5; border-radius: .2rem; }
          table { border-collapse: collapse; } th, td { padding: .3rem .9rem; border-bottom: 1px solid #8886; text-align: right; }
          th:first-child, td:first-child { text-align: left; padding-left: 0; }
          .note { opacity: .7; font-size: .9rem; } video, svg { width: 100%; height: auto; }
        </style>
        <h1>vsr demo</h1>
        <p>A frame that training did not see, enlarged four times. Drag to compare.</p>
        <div class="slider">
          <img src="bicubic.png" alt="enlarged with bicubic interpolation">
          <img class="after" src="shipped.png" alt="enlarged by the shipped network">
          <div class="bar"></div>
          <span style="left:.5rem">bicubic</span><span style="right:.5rem">shipped network</span>
          <input type="range" min="0" max="100" step="0.1" value="50" aria-label="compare"
                 oninput="this.parentElement.style.setProperty('--cut', this.value + '%')">
        </div>
        <h2>Scores</h2>
        <table>
          <tr><th>method</th><th>PSNR, dB</th><th>gain, dB</th><th>SSIM</th></tr>
          {{rows}}
        </table>
        <p class="note">Luma, whole frames, the {{scored}} frames of the last quarter of the sample clip; the network trained here
          saw only the first three quarters, the shipped one nothing of the clip. Trained: <a href="trained.png">picture</a>;
          truth: <a href="truth.png">picture</a>. The camera stands still over a ruled mat, so a network trained on the beginning of
          this very clip gains more here than one could hope for on a video of another scene.</p>
        <h2>Training</h2>
        {{curve}}
        <h2>Upscaled, with its sound</h2>
        <video src="upscaled.mp4" controls loop></video>
        <p class="note">The first {{frames}} frames of the clip, reduced to 160x90 and enlarged four times by the shipped network.
          The input: <a href="small.mp4">small.mp4</a>.</p>
        </html>

        """;
}
