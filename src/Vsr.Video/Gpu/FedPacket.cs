namespace Vsr.Video;

/// <summary>What goes with a packet that is given to a decoder.</summary>
/// <param name="Number">Its number in the index.</param>
/// <param name="Frame">The frame it gives; -1 for none.</param>
/// <param name="IsWanted">Whether the frame is to be delivered.</param>
/// <param name="MayFail">Whether the picture may lack what it refers to: nothing that is delivered depends on it.</param>
internal readonly record struct FedPacket(int Number, int Frame, bool IsWanted, bool MayFail);
