using Vsr.Video;

namespace Vsr.Data.Tests.Preparation;

/// <summary>Films of moving patterns, a pattern a scene, with cuts, fades and flashes at known frames.</summary>
internal sealed class MadeFilm
{
    private readonly List<byte[]> _frames = [];

    public MadeFilm(int width = 160, int height = 96)
    {
        Width = width;
        Height = height;
    }

    public int Width { get; }

    public int Height { get; }

    public int Count => _frames.Count;

    /// <summary>Adds a scene: a pattern of its own colours that moves by some pixels a frame.</summary>
    public MadeFilm Scene(int pattern, int frames, double speed = 1)
    {
        Waves[] channels = [.. Enumerable.Range(0, 3).Select(channel => new Waves((7 * pattern) + channel))];
        for (int t = 0; t < frames; t++)
        {
            byte[] planar = new byte[3 * Width * Height];
            for (int i = 0; i < planar.Length; i++)
            {
                (int row, int x) = Math.DivRem(i, Width);
                (int channel, int y) = Math.DivRem(row, Height);
                planar[i] = channels[channel].At(x + (speed * t), y + (0.4 * speed * t));
            }

            _frames.Add(planar);
        }

        return this;
    }

    /// <summary>Fades the last frames to a grey level, or from one where they are counted from the frame given.</summary>
    public MadeFilm Fade(int first, int frames, double from, double to, byte level)
    {
        for (int i = 0; i < frames; i++)
        {
            double keep = from + ((to - from) * i / Math.Max(1, frames - 1));
            _frames[first + i] = [.. _frames[first + i].Select(value => (byte)Math.Round(level + ((value - level) * keep)))];
        }

        return this;
    }

    /// <summary>Frames of one grey level.</summary>
    public MadeFilm Empty(int frames, byte level)
    {
        for (int i = 0; i < frames; i++)
        {
            byte[] planar = new byte[3 * Width * Height];
            Array.Fill(planar, level);
            _frames.Add(planar);
        }

        return this;
    }

    /// <summary>Noise over all frames, each its own.</summary>
    public MadeFilm Noise(int amplitude)
    {
        Random random = new(5);
        foreach (byte[] frame in _frames)
        {
            for (int i = 0; i < frame.Length; i++)
            {
                frame[i] = (byte)Math.Clamp(frame[i] + random.Next(-amplitude, amplitude + 1), 0, 255);
            }
        }

        return this;
    }

    /// <summary>Writes the film without loss.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Changes to 25 frames a second of lossless yuv420p.</param>
    /// <param name="times">Ticks of each frame; null for 0, 1, 2 ...</param>
    public string Write(string path, Func<VideoWriterOptions, VideoWriterOptions>? options = null, Func<int, long>? times = null)
    {
        VideoWriterOptions plain = new()
        {
            Width = Width,
            Height = Height,
            GroupSize = 12,
            BFrames = 2,
            Threads = 1,
            Preset = "veryfast",
            FrameRate = new Rational(25, 1),
            EncoderOptions = new Dictionary<string, string> { ["qp"] = "0" },
        };
        using VideoWriter writer = new(path, options is null ? plain : options(plain));
        for (int i = 0; i < _frames.Count; i++)
        {
            writer.Write(_frames[i], times?.Invoke(i) ?? i);
        }

        writer.Finish();
        return path;
    }

    private sealed class Waves
    {
        private readonly (double X, double Y, double Phase, double Size)[] _waves;
        private readonly double _base;

        public Waves(int seed)
        {
            Random random = new(seed);
            _base = 60 + (random.NextDouble() * 130);
            _waves = [.. Enumerable.Range(0, 5).Select(i => (
                (random.NextDouble() - 0.5) * 2.6 / (i + 1), (random.NextDouble() - 0.5) * 2.6 / (i + 1), random.NextDouble() * 6.3,
                8 + (random.NextDouble() * 14)))];
        }

        public byte At(double x, double y)
        {
            double sum = _base;
            foreach ((double waveX, double waveY, double phase, double size) in _waves)
            {
                sum += size * Math.Sin((waveX * x) + (waveY * y) + phase);
            }

            return (byte)Math.Clamp(Math.Round(sum), 0, 255);
        }
    }
}
