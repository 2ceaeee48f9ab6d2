using System.Text.Json.Nodes;
using TorchSharp;
using Vsr.Data;
using Vsr.Models;
using Vsr.Training.Losses;
using static TorchSharp.torch;

namespace Vsr.Training.Tasks;

/// <summary>Trains <see cref="RecurrentVsr"/>: sequences are reduced, enlarged by the network frame after frame, and compared on all frames.</summary>
/// <remarks>
/// Where the source is one of pairs, its low-resolution frames are taken in place of the reduction.
/// Loss = picture loss + 0.02 times the photometric error of the flow. The flow network learns at a quarter of the rate.
/// Batches of short sequences first, then fewer of longer ones, so that the state learns to be carried further.
/// </remarks>
internal sealed class RecurrentTask(
    RecurrentVsr network, IBatchSource source, IPictureLoss loss, SequenceShape early, SequenceShape late, double lateFrom, Device device)
    : ITrainingTask
{
    private const double PhotometricWeight = 0.02;
    private const double FlowRateFactor = 0.25;

    private readonly IPairBatchSource? _pairs = source as IPairBatchSource;

    private Tensor? _input;       // uint8 [N, T, 3, H, W]
    private Tensor? _small;       // uint8 [N, T, 3, H/S, W/S], of pairs
    private SequenceShape? _shape;

    public Network Network => network;

    public double EmaLimit => 0.999;

    public TimeSpan DataTime => source.DataTime;

    public double LearningRateFactor(string parameter) =>
        parameter.StartsWith("flow.", StringComparison.Ordinal) ? FlowRateFactor : 1;

    public bool AdaptTo(double fraction)
    {
        SequenceShape shape = fraction < lateFrom ? early : late;
        if (shape == _shape)
        {
            return false;
        }

        _input?.Dispose();
        _input = shape.CreateInput(device);
        if (_pairs is not null)
        {
            _small?.Dispose();
            _small = (shape with { Height = shape.Height / network.Scale, Width = shape.Width / network.Scale }).CreateInput(device);
        }

        _shape = shape;
        return true;
    }

    public void FillInput()
    {
        if (_pairs is null)
        {
            source.Fill(_input!);
        }
        else
        {
            _pairs.Fill(_input!, _small!);
        }
    }

    public TrainingLoss Loss()
    {
        Tensor target = _input!.to(ScalarType.Float32) / 255;                              // [N, T, 3, S h, S w]
        Tensor lr = LowResolution(target, _small);                                         // [N, T, 3, h, w]
        RecurrentTape? tape = RecurrentTape.IsFasterFor(network) ? network.CreateTape(lr) : null;
        try
        {
            (Tensor sr, Tensor? photometric) = network.UnrollOn(tape, lr);
            Tensor difference = loss.Between(sr, target);
            return new(photometric is null ? difference : difference + (PhotometricWeight * photometric), difference, tape);
        }
        catch
        {
            tape?.Dispose();
            throw;
        }
    }

    public string? Note => RecurrentTape.SlowFor(network) is { } reason
        ? $"the gradients of weights are computed frame by frame, which is slower: {reason}" : null;

    public IReadOnlyList<TrainingPicture> Pictures()
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        int middle = _shape!.Value.Frames / 2;
        Tensor target = _input!.narrow(0, 0, 1).to(ScalarType.Float32) / 255;              // [1, T, 3, S h, S w]
        Tensor lr = LowResolution(target, _small?.narrow(0, 0, 1));                        // [1, T, 3, h, w]
        (Tensor sr, _) = network.Unroll(lr);
        Tensor small = lr.select(1, middle);
        return
        [
            new("target", scope.MoveToOuter(target[0, middle].clone())),
            new("downsampled", scope.MoveToOuter(small[0].clone())),
            new("upsampled", scope.MoveToOuter(Degradation.Enlarge(small, network.Scale)[0].clone())),
            new("prediction", scope.MoveToOuter(sr[0, middle].clone())),
        ];
    }

    public void Prepare() => source.Prepare();

    public void Renew() => source.Renew();

    public JsonObject SaveSource() => source.Save();

    public void RestoreSource(JsonObject state) => source.Restore(state);

    public void Dispose()
    {
        _input?.Dispose();
        _small?.Dispose();
        source.Dispose();
    }

    private Tensor LowResolution(Tensor target, Tensor? given) =>
        given is null ? Degradation.Reduce(target, network.Scale) : given.to(ScalarType.Float32) / 255;
}
