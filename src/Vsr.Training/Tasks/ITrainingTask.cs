using System.Text.Json.Nodes;
using Vsr.Models;
using static TorchSharp.torch;

namespace Vsr.Training.Tasks;

/// <summary>What one training step computes: a network, its input in fixed places, and the loss.</summary>
internal interface ITrainingTask : IDisposable
{
    /// <summary>The network in training; whoever made the task disposes it.</summary>
    Network Network { get; }

    /// <summary>The moving average of the weights holds on to its past by at most this.</summary>
    double EmaLimit { get; }

    /// <summary>The learning rate of a parameter relative to the base rate, by its name in the state dictionary.</summary>
    double LearningRateFactor(string parameter);

    /// <summary>Fits the shape of the input to how much of the run is over; true when it changed, and at the first call.</summary>
    bool AdaptTo(double fraction);

    /// <summary>Brings the next batch into the input. On a GPU this is queued behind the step before.</summary>
    void FillInput();

    /// <summary>The loss of the input under the network's present weights. No host synchronisation: it is recorded in a CUDA graph.</summary>
    TrainingLoss Loss();

    /// <summary>What the user should know of how losses are computed, once one was; null for nothing.</summary>
    string? Note => null;

    /// <summary>Pictures of the input that is in place and of what the network makes of it, for people; changes nothing. The caller disposes them.</summary>
    IReadOnlyList<TrainingPicture> Pictures() => [];

    /// <summary>Makes what batches are taken from, where that takes time; called outside the measured training.</summary>
    void Prepare();

    /// <summary>Drops pools of ready sequences, where there are such, so that new ones are made.</summary>
    void Renew();

    /// <summary>Time that the host has spent on batches so far: waiting for them to be read, or drawing them from pools.</summary>
    TimeSpan DataTime { get; }

    /// <summary>Where the source of batches stands.</summary>
    JsonObject SaveSource();

    /// <summary>Goes back to where <see cref="SaveSource"/> was called.</summary>
    void RestoreSource(JsonObject state);
}

/// <summary>A picture of a training step: float32 [3, H, W], RGB, 0..1, under the name it has in TensorBoard.</summary>
internal readonly record struct TrainingPicture(string Tag, Tensor Rgb);

/// <summary>A step's loss: what is minimised, and the part of it that is reported. Both are scalars on the device.</summary>
/// <param name="Minimised">What is differentiated.</param>
/// <param name="Reported">What is logged.</param>
/// <param name="Tape">What differentiates it; null for automatic differentiation alone. Whoever takes the loss disposes it.</param>
internal readonly record struct TrainingLoss(Tensor Minimised, Tensor Reported, RecurrentTape? Tape = null);
