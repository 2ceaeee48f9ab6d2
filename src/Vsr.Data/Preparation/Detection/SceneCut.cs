namespace Vsr.Data.Preparation.Detection;

/// <summary>A place where a scene may begin.</summary>
/// <param name="Frame">Number of the scene's first frame.</param>
/// <param name="Strength">How clear the cut is; compares cuts that are too close together.</param>
internal readonly record struct SceneCut(int Frame, double Strength);
