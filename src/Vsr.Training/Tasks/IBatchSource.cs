using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace Vsr.Training.Tasks;

/// <summary>Sequences of frames, one batch after another, in an order that its state decides.</summary>
internal interface IBatchSource : IDisposable
{
    /// <summary>Copies the next batch into place; on a GPU the copies are queued.</summary>
    /// <param name="frames">uint8 [N, T, 3, H, W], RGB, on the device.</param>
    void Fill(Tensor frames);

    /// <summary>Makes what batches are taken from, where that takes time.</summary>
    void Prepare();

    /// <summary>Drops pools, where there are such, so that new ones are made.</summary>
    void Renew();

    /// <summary>Time that the host has spent on batches so far: waiting for them to be read, or drawing them from pools.</summary>
    TimeSpan DataTime { get; }

    JsonObject Save();

    void Restore(JsonObject state);
}
