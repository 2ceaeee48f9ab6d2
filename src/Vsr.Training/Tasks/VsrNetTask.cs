using System.Text.Json.Nodes;
using TorchSharp;
using Vsr.Data;
using Vsr.Models;
using Vsr.Training.Losses;
using static TorchSharp.torch;

namespace Vsr.Training.Tasks;

/// <summary>Trains <see cref="VsrNet"/>: windows are reduced and enlarged again, and the middle frame's luma is restored.</summary>
internal sealed class VsrNetTask(VsrNet network, IBatchSource source, IPictureLoss loss, SequenceShape shape, Device device) : ITrainingTask
{
    private Tensor? _input;       // uint8 [N, T, 3, H, W]

    public Network Network => network;

    public double EmaLimit => 0.999;

    public TimeSpan DataTime => source.DataTime;

    public double LearningRateFactor(string parameter) => 1;

    public bool AdaptTo(double fraction)
    {
        if (_input is not null)
        {
            return false;
        }

        _input = shape.CreateInput(device);
        return true;
    }

    public void FillInput() => source.Fill(_input!);

    public TrainingLoss Loss()
    {
        Tensor frames = _input!.to(ScalarType.Float32) / 255;                               // [N, T, 3, H, W]
        Tensor target = VsrNet.Luma(frames.select(1, shape.Frames / 2));                    // [N, 1, H, W]
        Tensor enlarged = network.Enlarge(Degradation.Reduce(frames.flatten(0, 1), network.Scale));
        Tensor output = network.forward(enlarged.unflatten(0, [shape.Batch, shape.Frames]));
        Tensor difference = loss.Between(output, target);
        return new(difference, difference);
    }

    public IReadOnlyList<TrainingPicture> Pictures()
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        int middle = shape.Frames / 2;
        Tensor window = _input![0].to(ScalarType.Float32) / 255;                            // [T, 3, H, W]
        Tensor lr = Degradation.Reduce(window, network.Scale);
        Tensor enlarged = network.Enlarge(lr);
        network.eval();      // with the running statistics, which then stay as they are
        Tensor luma = network.forward(enlarged.unsqueeze(0));                               // [1, 1, H, W]
        network.train();
        network.Flow?.eval();
        Tensor upsampled = enlarged.narrow(0, middle, 1);
        Tensor prediction = upsampled + (luma - VsrNet.Luma(upsampled));                    // chroma is the enlargement's
        return
        [
            new("target", scope.MoveToOuter(window[middle].clone())),
            new("downsampled", scope.MoveToOuter(lr[middle].clone())),
            new("upsampled", scope.MoveToOuter(upsampled[0].clone())),
            new("prediction", scope.MoveToOuter(prediction[0].clone())),
        ];
    }

    public void Prepare() => source.Prepare();

    public void Renew() => source.Renew();

    public JsonObject SaveSource() => source.Save();

    public void RestoreSource(JsonObject state) => source.Restore(state);

    public void Dispose()
    {
        _input?.Dispose();
        source.Dispose();
    }
}
