using Vsr.Data;
using Vsr.Models;
using static TorchSharp.torch;

namespace Vsr.Training.Evaluation;

/// <summary>The network that does nothing: returns the protocol's own enlargement, and so scores exactly bicubic's figures.</summary>
/// <param name="scale">S: 2, 3 or 4.</param>
public sealed class BicubicUpscaler(int scale) : IFrameUpscaler
{
    /// <summary>The name by which commands know it: "bicubic".</summary>
    public const string Name = "bicubic";

    /// <inheritdoc/>
    public int Scale => scale;

    /// <inheritdoc/>
    public int LookAhead => 0;

    /// <inheritdoc/>
    public Tensor? Push(Tensor lr) => Degradation.Enlarge(lr, scale);

    /// <inheritdoc/>
    public Tensor? Flush() => null;

    /// <inheritdoc/>
    public void Reset()
    {
    }

    /// <summary>Nothing is held.</summary>
    public void Dispose()
    {
    }
}
