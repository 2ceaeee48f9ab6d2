namespace Vsr.Data;

/// <summary>The order of a batch's dimensions.</summary>
public enum BatchLayout
{
    /// <summary>[N, T, C, H, W]: frame by frame.</summary>
    FramesFirst,

    /// <summary>[N, C, T, H, W]: channel by channel, as three-dimensional convolutions take it.</summary>
    ChannelsFirst,
}
