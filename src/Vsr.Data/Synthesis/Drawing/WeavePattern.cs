namespace Vsr.Data.Synthesis.Drawing;

/// <summary>Bands in two directions that go over and under each other.</summary>
internal sealed class WeavePattern(Colour ground, Colour across, Colour along, double duty) : IPattern
{
    public Colour At(PatternSpot spot)
    {
        double u = spot.PulseU((1 - duty) / 2, duty);
        double v = spot.PulseV((1 - duty) / 2, duty);
        PatternSpot pair = new(spot.U / 2, spot.V / 2, spot.SlopeU / 2, spot.SlopeV / 2, spot.Side);
        (double evenU, double evenV) = (pair.PulseU(0, 0.5), pair.PulseV(0, 0.5));
        double isOver = (evenU * evenV) + ((1 - evenU) * (1 - evenV));
        Colour first = ground.Towards(across, u).Towards(along, v);
        Colour second = ground.Towards(along, v).Towards(across, u);
        return first.Towards(second, isOver);
    }
}
