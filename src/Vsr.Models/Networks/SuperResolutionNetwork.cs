namespace Vsr.Models;

/// <summary>A network that enlarges video by a whole factor.</summary>
public abstract class SuperResolutionNetwork : Network
{
    private protected SuperResolutionNetwork(string architecture)
        : base(architecture)
    {
    }

    /// <summary>How many times wider and higher the output is: S.</summary>
    public abstract int Scale { get; }

    /// <summary>Makes a frame-by-frame upscaler with this network's present weights.</summary>
    /// <param name="options">Precision and use of CUDA graphs; null for the defaults.</param>
    /// <returns>An upscaler with a copy of the weights of its own: later training does not change it. The caller disposes it.</returns>
    /// <remarks>The upscaler runs on the device of the network's weights.</remarks>
    public abstract IFrameUpscaler CreateUpscaler(InferenceOptions? options = null);
}
