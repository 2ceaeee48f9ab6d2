namespace Vsr.Data;

/// <summary>An open clip whose frames go to a GPU. One thread at a time.</summary>
internal interface IDeviceClip : IDisposable
{
    /// <summary>Frames that its decoders put out so far.</summary>
    long DecodedFrames { get; }

    /// <summary>Queues all that puts a sample into its place; the batch's event of that sample tells when it is done.</summary>
    /// <exception cref="VsrException">The file fails.</exception>
    void Read(in DeviceSample sample);
}
