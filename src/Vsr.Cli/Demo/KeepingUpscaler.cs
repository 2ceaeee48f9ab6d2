using Vsr.Models;
using static TorchSharp.torch;

namespace Vsr.Cli.Demo;

/// <summary>A network that keeps a copy of one of its outputs.</summary>
/// <param name="network">The network; not disposed.</param>
/// <param name="frame">Which output since the last reset is kept.</param>
internal sealed class KeepingUpscaler(IFrameUpscaler network, int frame) : IFrameUpscaler
{
    private int _delivered;

    /// <summary>The kept output; null until it came.</summary>
    public Tensor? Kept { get; private set; }

    public int Scale => network.Scale;

    public int LookAhead => network.LookAhead;

    public Tensor? Push(Tensor lr) => Keep(network.Push(lr));

    public Tensor? Flush() => Keep(network.Flush());

    public void Reset()
    {
        _delivered = 0;
        network.Reset();
    }

    public void Dispose() => Kept?.Dispose();

    private Tensor? Keep(Tensor? output)
    {
        if (output is not null && _delivered++ == frame)
        {
            Kept?.Dispose();
            Kept = output.clone().DetachFromDisposeScope();
        }

        return output;
    }
}
