using Vsr.Data.Synthesis;

namespace Vsr.Data;

/// <summary>What is done to one clip: the numbers drawn for it.</summary>
public sealed record ClipDegradation
{
    private const int Digits = 4;          // so that a manifest holds the very numbers that were used

    /// <summary>The seed that the numbers and the noise are drawn from.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The clip's name, the other thing that they depend on.</summary>
    public required string Name { get; init; }

    /// <summary>Which of the clip's variants this is, from 0.</summary>
    public int Variant { get; init; }

    /// <summary>S, how much smaller the frames become: 2, 3 or 4.</summary>
    public required int Scale { get; init; }

    /// <summary>The blur's standard deviation in high-resolution pixels; 0 for none.</summary>
    public double BlurSigma { get; init; }

    /// <summary>The noise's standard deviation in 8-bit levels; 0 for none.</summary>
    public double NoiseSigma { get; init; }

    /// <summary>Whether noise is independent on red, green and blue, and not the same on all three.</summary>
    public bool IsNoiseColored { get; init; }

    /// <summary>What compresses the frames.</summary>
    public CompressionCodec Codec { get; init; }

    /// <summary>The constant rate factor.</summary>
    public required int Crf { get; init; }

    /// <summary>Draws the numbers of a clip: from the seed, its name and the variant alone.</summary>
    /// <param name="options">The ranges.</param>
    /// <param name="seed">The seed of all clips.</param>
    /// <param name="name">The clip's name.</param>
    /// <param name="variant">Which of its variants, from 0.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static ClipDegradation Draw(DegradationOptions options, ulong seed, string name, int variant = 0)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentOutOfRangeException.ThrowIfNegative(variant);
        options.Validate();
        MotionRandom random = new(new SampleGenerator(seed, Number(name), variant));

        // always all of them, so that one option does not change what the others come to
        bool isBlurred = random.Chance(options.BlurShare);
        double blur = Evenly(random, options.BlurSigma);
        bool isNoisy = random.Chance(options.NoiseShare);
        double noise = Evenly(random, options.NoiseSigma);
        bool isColored = random.Chance(options.ColorNoiseShare);
        bool isHevc = random.Chance(options.HevcShare);
        int crf = (int)options.Crf.Low + random.Below((int)(options.Crf.High - options.Crf.Low) + 1);
        return new ClipDegradation
        {
            Seed = seed,
            Name = name,
            Variant = variant,
            Scale = options.Scale,
            BlurSigma = isBlurred ? blur : 0,
            NoiseSigma = isNoisy ? noise : 0,
            IsNoiseColored = isColored,
            Codec = isHevc ? CompressionCodec.Hevc : CompressionCodec.H264,
            Crf = crf,
        };
    }

    /// <summary>The generator of a frame's noise: another one in every frame, whatever the order.</summary>
    internal MotionRandom NoiseOf(int frame) => new(new SampleGenerator(Seed, Number(Name), frame, 1 + Variant));

    private static double Evenly(MotionRandom random, ValueRange range) => Math.Round(random.Uniform(range.Low, range.High), Digits);

    private static long Number(string name) =>
        unchecked((long)name.Aggregate((ulong)name.Length, (number, letter) => SampleGenerator.Mix(number ^ letter)));
}
