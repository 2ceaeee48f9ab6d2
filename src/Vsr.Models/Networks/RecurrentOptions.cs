namespace Vsr.Models;

/// <summary>The hyper-parameters of <see cref="RecurrentVsr"/>.</summary>
public sealed record RecurrentOptions
{
    /// <summary>Channels of the state and of the residual blocks, 8..1024. Default: 128.</summary>
    public int Channels { get; init; } = 128;

    /// <summary>Residual blocks, 1..200. Default: 10.</summary>
    public int Blocks { get; init; } = 10;

    /// <summary>Later frames that a frame sees: frames of latency, 0..8. Default: 2.</summary>
    public int LookAhead { get; init; } = 2;

    /// <summary>Carries the previous output as a picture, warped at full resolution with bicubic sampling (true), or as 48 low-resolution channels (false). Default: true.</summary>
    public bool WarpOutput { get; init; } = true;

    /// <summary>Aligns neighbours, state and previous output by a flow network (true), or not at all (false). Default: true.</summary>
    public bool UseFlow { get; init; } = true;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public void Validate()
    {
        NetworkSettings.CheckRange(nameof(Channels), Channels, 8, 1024);
        NetworkSettings.CheckRange(nameof(Blocks), Blocks, 1, 200);
        NetworkSettings.CheckRange(nameof(LookAhead), LookAhead, 0, 8);
    }

    internal IReadOnlyDictionary<string, string> ToSettings() => new NetworkSettings
    {
        { "channels", Channels },
        { "blocks", Blocks },
        { "look_ahead", LookAhead },
        { "warp_output", WarpOutput },
        { "use_flow", UseFlow },
    };

    internal static RecurrentOptions FromSettings(IReadOnlyDictionary<string, string> settings)
    {
        NetworkSettings.Reader reader = new(NetworkCatalog.Recurrent, settings);
        RecurrentOptions defaults = new();
        RecurrentOptions options = new()
        {
            Channels = reader.Int("channels", defaults.Channels),
            Blocks = reader.Int("blocks", defaults.Blocks),
            LookAhead = reader.Int("look_ahead", defaults.LookAhead),
            WarpOutput = reader.Bool("warp_output", defaults.WarpOutput),
            UseFlow = reader.Bool("use_flow", defaults.UseFlow),
        };
        reader.Finish();
        return options;
    }
}
