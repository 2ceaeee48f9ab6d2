namespace Vsr.Video;

/// <summary>Puts the pictures of packets into the order in which the decoder gives them out, group by group.</summary>
internal sealed class FrameOrder(bool reorders)
{
    // A decoded picture buffer holds 16 pictures: none comes out further from its place in the file.
    private const int MostDisplacement = 16;

    private readonly List<int> _packets = [];
    private readonly List<(int Order, int Packet)> _group = [];

    /// <summary>Why the order is in doubt; null when it is not.</summary>
    public string? Doubt { get; private set; }

    /// <summary>Adds a picture that is shown.</summary>
    /// <param name="packet">Its packet.</param>
    /// <param name="order">Its order count, which starts anew with each group.</param>
    /// <param name="isHidden">Whether it is decoded but cut away.</param>
    /// <param name="beginsGroup">Whether order counts start anew.</param>
    public void Add(int packet, int order, bool isHidden, bool beginsGroup)
    {
        if (beginsGroup || !reorders)
        {
            EndGroup();
        }

        _group.Add((order, isHidden ? -1 : packet));
    }

    /// <summary>All packets in the order of output.</summary>
    public int[] Finish()
    {
        EndGroup();
        return [.. _packets];
    }

    private void EndGroup()
    {
        int[] places = [.. Enumerable.Range(0, _group.Count).OrderBy(i => _group[i].Order)];
        for (int i = 0; i < places.Length; i++)
        {
            bool twice = i > 0 && _group[places[i]].Order == _group[places[i - 1]].Order;
            if (twice || Math.Abs(places[i] - i) > MostDisplacement)
            {
                Doubt ??= "picture order counts repeat or jump";
            }

            if (_group[places[i]].Packet >= 0)
            {
                _packets.Add(_group[places[i]].Packet);
            }
        }

        _group.Clear();
    }
}
