using Vsr.Video.Analysis;

namespace Vsr.Data.Preparation.Detection;

/// <summary>What scene detection keeps of one frame.</summary>
/// <param name="NewShare">The share of the picture that is not in the frame before, 0 to 1; 0 for the first frame.</param>
/// <param name="BridgedShare">
/// The least such share between a frame before and a frame after, some frames apart: small where the picture returns, as after a flash;
/// 1 where nothing was compared.
/// </param>
/// <param name="Level">How bright it is.</param>
internal readonly record struct FrameChange(double NewShare, double BridgedShare, LumaLevel Level);
