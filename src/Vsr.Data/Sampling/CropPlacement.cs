namespace Vsr.Data;

/// <summary>Where a crop is cut from a frame.</summary>
public enum CropPlacement
{
    /// <summary>Anywhere, evenly, at the same place in all frames of a sequence.</summary>
    Random,

    /// <summary>In the middle, rounded to the upper left.</summary>
    Centre,
}
