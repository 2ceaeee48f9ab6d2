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

    /// <summary>Counts what the convolutions multiply and add for one frame that has all its neighbours, motion included.</summary>
    /// <param name="height">h, of the low-resolution frame.</param>
    /// <param name="width">w.</param>
    /// <returns>Multiply-accumulates, those at padded borders included; warps, resampling and activations are not counted.</returns>
    public abstract long CountMultiplyAccumulates(int height, int width);

    /// <summary>Makes a frame-by-frame upscaler with this network's present weights.</summary>
    /// <param name="options">Precision and use of CUDA graphs; null for the defaults.</param>
    /// <returns>An upscaler with a copy of the weights of its own: later training does not change it. The caller disposes it.</returns>
    /// <remarks>The upscaler runs on the device of the network's weights.</remarks>
    public abstract IFrameUpscaler CreateUpscaler(InferenceOptions? options = null);
}
