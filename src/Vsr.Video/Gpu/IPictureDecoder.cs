using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>What a <see cref="PacketFeeder"/> feeds: a decoder that takes packets with start codes and delivers wanted frames.</summary>
/// <remarks>Delivery is in any order and may come late, but all of it is done when <see cref="Finish"/> returns.</remarks>
internal unsafe interface IPictureDecoder
{
    /// <summary>Whose packets it was fed last; set by the feeder. Null: it goes on with nobody's.</summary>
    object? Owner { get; set; }

    /// <summary>Forgets what it was fed: the next packet is a start.</summary>
    void Begin();

    /// <summary>Decodes a packet; false when no picture came of it.</summary>
    bool Feed(AVPacket* packet, in FedPacket note);

    /// <summary>Whether it still has the exact picture of a packet that it was fed.</summary>
    bool Holds(int packet);

    /// <summary>Delivers a picture that it holds.</summary>
    void Deliver(int packet, int frame);

    /// <summary>Delivers all that is wanted; false where the next packet must be a start.</summary>
    bool Finish();
}
