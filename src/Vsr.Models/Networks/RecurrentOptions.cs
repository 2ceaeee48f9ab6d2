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

    /// <summary>How many times wider and higher the output is, 2..4. Default: 4.</summary>
    public int Scale { get; init; } = 4;

    /// <summary>Carries the previous output from frame to frame beside the state. Default: true.</summary>
    public bool CarryOutput { get; init; } = true;

    /// <summary>Carries the previous output as a picture, warped at full resolution with bicubic sampling (true), or as 3 S S low-resolution channels (false). Default: true.</summary>
    public bool WarpOutput { get; init; } = true;

    /// <summary>Aligns neighbours, state and previous output by a flow network (true), or not at all (false). Default: true.</summary>
    public bool UseFlow { get; init; } = true;

    /// <summary>Also passes over the clip backwards in time, by the same weights, and blends both outputs: for files, at twice the cost, or three times in groups of frames. Default: false.</summary>
    public bool TwoDirections { get; init; }

    /// <summary>Channels of the flow network's convolutions, 8..256. Default: 64.</summary>
    public int FlowChannels { get; init; } = 64;

    /// <summary>Levels of the flow network's pyramid, 1..8: each doubles the motion that it follows. Default: 4.</summary>
    public int FlowLevels { get; init; } = 4;

    /// <summary>How many times smaller the frames are that the flow network sees, 1, 2 or 4. Default: 1.</summary>
    public int FlowReduction { get; init; } = 1;

    /// <summary>Whether the previous output is carried as a picture.</summary>
    internal bool CarriesPicture => CarryOutput && WarpOutput;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public void Validate()
    {
        NetworkSettings.CheckRange(nameof(Channels), Channels, 8, 1024);
        NetworkSettings.CheckRange(nameof(Blocks), Blocks, 1, 200);
        NetworkSettings.CheckRange(nameof(LookAhead), LookAhead, 0, 8);
        NetworkSettings.CheckRange(nameof(Scale), Scale, 2, 4);
        NetworkSettings.CheckRange(nameof(FlowChannels), FlowChannels, 8, 256);
        NetworkSettings.CheckRange(nameof(FlowLevels), FlowLevels, 1, 8);
        if (FlowReduction is not (1 or 2 or 4))
        {
            throw new ArgumentOutOfRangeException(nameof(FlowReduction), FlowReduction, $"FlowReduction {FlowReduction} is not 1, 2 or 4");
        }
    }

    internal IReadOnlyDictionary<string, string> ToSettings() => new NetworkSettings
    {
        { "channels", Channels },
        { "blocks", Blocks },
        { "look_ahead", LookAhead },
        { "scale", Scale },
        { "carry_output", CarryOutput },
        { "warp_output", WarpOutput },
        { "use_flow", UseFlow },
        { "two_directions", TwoDirections },
        { "flow_channels", FlowChannels },
        { "flow_levels", FlowLevels },
        { "flow_reduction", FlowReduction },
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
            Scale = reader.Int("scale", defaults.Scale),
            CarryOutput = reader.Bool("carry_output", defaults.CarryOutput),
            WarpOutput = reader.Bool("warp_output", defaults.WarpOutput),
            UseFlow = reader.Bool("use_flow", defaults.UseFlow),
            TwoDirections = reader.Bool("two_directions", defaults.TwoDirections),
            FlowChannels = reader.Int("flow_channels", defaults.FlowChannels),
            FlowLevels = reader.Int("flow_levels", defaults.FlowLevels),
            FlowReduction = reader.Int("flow_reduction", defaults.FlowReduction),
        };
        reader.Finish();
        return options;
    }
}
