namespace Vsr.Models;

/// <summary>The hyper-parameters of <see cref="CompactFlow"/>. The defaults are those of the flow network inside <see cref="RecurrentVsr"/>.</summary>
public sealed record CompactFlowOptions
{
    /// <summary>For motion of tens of pixels, as <c>vsr train --network flow</c> trains it.</summary>
    public static CompactFlowOptions LargeMotion { get; } = new() { Levels = 6, Channels = 80, SearchRadius = 3 };

    /// <summary>Levels of the pyramid, 1..8, each half as large as the one before. Default: 4.</summary>
    public int Levels { get; init; } = 4;

    /// <summary>Channels of a level's convolutions, 8..256. Default: 64.</summary>
    public int Channels { get; init; } = 64;

    /// <summary>How far every level but the finest looks for like features, in its convolutions' pixels, 0..4; 0 does not look. Default: 0.</summary>
    public int SearchRadius { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public void Validate()
    {
        NetworkSettings.CheckRange(nameof(Levels), Levels, 1, 8);
        NetworkSettings.CheckRange(nameof(Channels), Channels, 8, 256);
        NetworkSettings.CheckRange(nameof(SearchRadius), SearchRadius, 0, 4);
    }

    /// <summary>Adds the settings under names that begin with a prefix.</summary>
    internal void AddTo(NetworkSettings settings, string prefix = "")
    {
        settings.Add(prefix + "levels", Levels);
        settings.Add(prefix + "channels", Channels);
        settings.Add(prefix + "search_radius", SearchRadius);
    }

    internal static CompactFlowOptions FromSettings(NetworkSettings.Reader reader, string prefix = "")
    {
        CompactFlowOptions defaults = new();
        return new()
        {
            Levels = reader.Int(prefix + "levels", defaults.Levels),
            Channels = reader.Int(prefix + "channels", defaults.Channels),
            SearchRadius = reader.Int(prefix + "search_radius", defaults.SearchRadius),
        };
    }
}
