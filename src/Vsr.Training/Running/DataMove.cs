namespace Vsr.Training.Running;

/// <summary>Which folders of a resumed run are others than it began with.</summary>
/// <param name="Root">That of the clips.</param>
/// <param name="Pairs">That of pairs.</param>
/// <param name="Val">That of the validation clips.</param>
/// <param name="Stills">That of the photographs.</param>
internal readonly record struct DataMove(bool Root, bool Pairs, bool Val, bool Stills)
{
    public bool Any => Root || Pairs || Val || Stills;
}
