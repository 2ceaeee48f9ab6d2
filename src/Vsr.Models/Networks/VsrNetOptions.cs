namespace Vsr.Models;

/// <summary>The hyper-parameters of <see cref="VsrNet"/>. The defaults are the reference's, except for the flow.</summary>
public sealed record VsrNetOptions
{
    private const string FlowPrefix = "flow_";
    private static readonly string[] FlowNames = ["none", "compact", NetworkCatalog.FlowNetSD];
    private static readonly string[] PaddingNames = ["zero", "replicate"];

    /// <summary>Frames in the window, odd, 1..15. Default: 3.</summary>
    public int Frames { get; init; } = 3;

    /// <summary>The factor S of the enlargement before the network, 2..4. Default: 4.</summary>
    public int Scale { get; init; } = 4;

    /// <summary>What the convolutions see outside the frame. Default: zeros.</summary>
    public VsrNetPadding Padding { get; init; } = VsrNetPadding.Zero;

    /// <summary>Predicts the difference to the enlarged luma, without batch normalization and sigmoid. Default: false.</summary>
    public bool Residual { get; init; }

    /// <summary>The motion compensation of the neighbours. Default: none.</summary>
    public VsrNetFlow Flow { get; init; } = VsrNetFlow.None;

    /// <summary>The hyper-parameters of the flow network where <see cref="Flow"/> is compact.</summary>
    public CompactFlowOptions CompactFlow { get; init; } = new();

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public void Validate()
    {
        NetworkSettings.CheckRange(nameof(Frames), Frames, 1, 15);
        if (Frames % 2 == 0)
        {
            throw new ArgumentOutOfRangeException(nameof(Frames), Frames, $"Frames {Frames} is even; take an odd number, 1..15");
        }

        NetworkSettings.CheckRange(nameof(Scale), Scale, 2, 4);
        CompactFlow.Validate();
    }

    internal IReadOnlyDictionary<string, string> ToSettings()
    {
        NetworkSettings settings = new()
        {
            { "frames", Frames },
            { "scale", Scale },
            { "padding", PaddingNames[(int)Padding] },
            { "residual", Residual },
            { "flow", FlowNames[(int)Flow] },
        };
        if (Flow == VsrNetFlow.Compact)
        {
            CompactFlow.AddTo(settings, FlowPrefix);
        }

        return settings;
    }

    internal static VsrNetOptions FromSettings(IReadOnlyDictionary<string, string> settings)
    {
        NetworkSettings.Reader reader = new(NetworkCatalog.VsrNet, settings);
        VsrNetOptions defaults = new();
        VsrNetOptions options = new()
        {
            Frames = reader.Int("frames", defaults.Frames),
            Scale = reader.Int("scale", defaults.Scale),
            Padding = (VsrNetPadding)Array.IndexOf(PaddingNames, reader.Choice("padding", "zero", PaddingNames)),
            Residual = reader.Bool("residual", defaults.Residual),
            Flow = (VsrNetFlow)Array.IndexOf(FlowNames, reader.Choice("flow", "none", FlowNames)),
            CompactFlow = CompactFlowOptions.FromSettings(reader, FlowPrefix),
        };
        reader.Finish();
        return options;
    }
}
