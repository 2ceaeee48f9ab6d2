namespace Vsr.Video;

/// <summary>
/// The three by three matrix from luma (0..1) and two colour differences (-0.5..0.5) to red, green, blue (0..1) of ITU-T H.273,
/// table 4 (MatrixCoefficients), by FFmpeg's names.
/// </summary>
/// <remarks>
/// From Kr and Kb (H.273, equations 38 to 40 solved for R, G, B): R = Y + 2 (1 - Kr) V, B = Y + 2 (1 - Kb) U,
/// G = Y - 2 Kb (1 - Kb) / Kg U - 2 Kr (1 - Kr) / Kg V with Kg = 1 - Kr - Kb.
/// bt2020c is converted as bt2020nc: constant luminance would need the transfer curve, and files tagged so are as a rule mistagged.
/// </remarks>
internal readonly record struct YuvMatrix(
    double Ry, double Ru, double Rv, double Gy, double Gu, double Gv, double By, double Bu, double Bv)
{
    /// <summary>True when the second and third components are colours themselves (gbr): centred on 0, not on half scale.</summary>
    public bool IsIdentity { get; private init; }

    /// <summary>Kr and Kb of the matrix; zero for the matrices that have none.</summary>
    public (double Kr, double Kb) Weights { get; private init; }

    /// <summary>The matrix of this name; where it is unspecified, BT.709 for pictures of 720 lines or more and BT.601 below.</summary>
    /// <exception cref="VsrException">The matrix has no linear conversion here (ictcp, smpte2085 and others).</exception>
    public static YuvMatrix FromName(string? name, int pictureHeight) => name switch
    {
        null or "" or "unknown" or "unspecified" or "reserved" => FromName(DefaultName(pictureHeight), pictureHeight),
        "bt709" => FromWeights(0.2126, 0.0722),
        "bt470bg" or "smpte170m" => FromWeights(0.299, 0.114),
        "fcc" => FromWeights(0.30, 0.11),
        "smpte240m" => FromWeights(0.212, 0.087),
        "bt2020nc" or "bt2020c" => FromWeights(0.2627, 0.0593),
        "gbr" or "rgb" => new YuvMatrix(0, 0, 1, 1, 0, 0, 0, 1, 0) { IsIdentity = true },
        "ycgco" => new YuvMatrix(1, -1, 1, 1, 1, 0, 1, -1, -1),
        _ => throw new VsrException($"colour matrix '{name}' cannot be converted to RGB; known are bt709, bt470bg, smpte170m, "
            + "fcc, smpte240m, bt2020nc, gbr, ycgco"),
    };

    /// <summary>The matrix taken where a stream names none: "bt709" from 720 lines up, "smpte170m" below.</summary>
    public static string DefaultName(int pictureHeight) => pictureHeight >= 720 ? "bt709" : "smpte170m";

    private static YuvMatrix FromWeights(double kr, double kb)
    {
        double kg = 1 - kr - kb;
        return new YuvMatrix(1, 0, 2 * (1 - kr), 1, -2 * kb * (1 - kb) / kg, -2 * kr * (1 - kr) / kg, 1, 2 * (1 - kb), 0)
        {
            Weights = (kr, kb),
        };
    }
}
