using Vsr.Data.Tests.Preparation;
using Vsr.Tests;
using Vsr.Upscaling.Pipeline;
using Vsr.Video;

namespace Vsr.Upscaling.Tests.Pipeline;

/// <summary>Cuts are seen at their frames; motion, fades and noise are none.</summary>
public sealed class SceneWatchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void CutsAreSeenAtTheirFrames(double speed)
    {
        string film = new MadeFilm().Scene(1, 12, speed).Scene(2, 9, speed).Scene(3, 14, speed).Noise(3).Write(_folder.File("film.mp4"));

        Assert.Equal([12, 21], Cuts(film));
    }

    [Fact]
    public void AFadeIsNoCut()
    {
        string film = new MadeFilm().Scene(1, 40).Fade(10, 20, 1, 0.2, 16).Write(_folder.File("film.mp4"));

        Assert.Empty(Cuts(film));
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public void TheUpscalerSaysHowManyScenesThereWere(bool restart, int scenes)
    {
        string film = new MadeFilm(64, 48).Scene(1, 5).Scene(2, 5).Write(_folder.File("film.mp4"));
        using RepeatingUpscaler upscaler = new(2, lookAhead: 1);

        UpscaleResult result = new VideoUpscaler(upscaler, CpuBackend.Load()).Run(
            film, _folder.File("out.mp4"), new UpscaleOptions { Preset = "ultrafast", RestartAtCuts = restart },
            cancellation: TestContext.Current.CancellationToken);

        Assert.Equal((10, scenes), (result.Frames, result.Scenes));
    }

    private static int[] Cuts(string path)
    {
        using FrameReader reader = new(path);
        using SceneWatch scenes = new();
        List<int> cuts = [];
        for (int i = 0; i < reader.FrameCount; i++)
        {
            using VideoFrame frame = reader.GetFrame(i);
            if (scenes.BeginsScene(frame))
            {
                cuts.Add(i);
            }
        }

        return [.. cuts];
    }
}
