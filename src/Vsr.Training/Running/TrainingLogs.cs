using System.Text.Json.Nodes;
using Vsr.Training.Evaluation;
using Vsr.Training.Logging;
using Vsr.Training.Tasks;
using Vsr.Video;

namespace Vsr.Training.Running;

/// <summary>What a session writes down: metrics.jsonl and TensorBoard, under the tags of DALI's example where it has one.</summary>
internal sealed class TrainingLogs : IDisposable
{
    private static readonly string[] ComparedBy = ["train_loss", "val_loss", "val_psnr"];

    private readonly MetricsLog _metrics;
    private readonly TensorBoardWriter _tensorBoard;
    private readonly TimeProvider _time;
    private DateTimeOffset _blockBegan;

    /// <summary>Starts the logs of a run, or goes on with them.</summary>
    public TrainingLogs(TrainingOptions options, RunFolder folder, long stepsBefore, TimeProvider time)
    {
        _time = time;
        _metrics = stepsBefore > 0 ? MetricsLog.Resume(folder.Metrics, stepsBefore) : MetricsLog.Create(folder.Metrics);
        _tensorBoard = new TensorBoardWriter(folder.TensorBoard, time);
        if (stepsBefore > 0)
        {
            _tensorBoard.Restart(stepsBefore + 1);
        }

        _tensorBoard.Text("config", $"```\n{RunFolder.ToJson(options)}\n```", stepsBefore);
        _tensorBoard.HyperParameters(LoggedSettings.Of(options), ComparedBy);
        BeginBlock();
    }

    /// <summary>The next steps are made from now on.</summary>
    public void BeginBlock() => _blockBegan = _time.GetUtcNow();

    /// <summary>Writes steps that were just made, the training having lasted so long in all; the block lasted from <see cref="BeginBlock"/> to now.</summary>
    /// <remarks>Losses come from the device in blocks, so a step's place on the time axis is taken by its share of the block.</remarks>
    public void Steps(long last, IReadOnlyList<(float Loss, double LearningRate)> block, double dataMs, TimeSpan trained = default)
    {
        TimeSpan lasted = _time.GetUtcNow() - _blockBegan;
        for (int i = 0; i < block.Count; i++)
        {
            (float loss, double learningRate) = block[i];
            long step = last - block.Count + 1 + i;
            DateTimeOffset at = _blockBegan + (lasted * ((i + 1.0) / block.Count));
            if (step == last)
            {
                _metrics.Step(step, loss, learningRate, dataMs, trained.TotalSeconds);
            }
            else
            {
                _metrics.Step(step, loss, learningRate);
            }

            _tensorBoard.Scalar("train_loss", step, loss, at);
            _tensorBoard.Scalar("learning_rate", step, learningRate, at);
        }

        _tensorBoard.Scalar("data_ms", last, dataMs);
        _metrics.Flush();
    }

    /// <summary>Writes a curve of its own for TensorBoard alone.</summary>
    public void Scalar(string tag, long step, double value) => _tensorBoard.Scalar(tag, step, value);

    /// <summary>Writes figures of a validation.</summary>
    public void Validation(long step, JsonObject figures)
    {
        foreach ((string name, JsonNode? value) in figures.Where(figure => figure.Key != "val_crf"))      // a setting, no curve
        {
            _tensorBoard.Scalar(name == "val_psnr_db" ? "val_psnr" : name, step, value!.GetValue<double>());
        }

        if (figures.Count > 0)
        {
            figures.Insert(0, "step", step);
            _metrics.Append(figures);
        }
    }

    /// <summary>Writes pictures, as .png, for TensorBoard.</summary>
    public void Pictures(long step, IReadOnlyList<TrainingPicture> pictures)
    {
        foreach ((string tag, TorchSharp.torch.Tensor rgb) in pictures)
        {
            using TorchSharp.torch.Tensor picture = rgb;
            RgbImage image = new((int)picture.size(2), (int)picture.size(1));
            byte[] samples = new byte[image.Samples8.Length];
            FrameTensors.ToBytes(picture, samples);
            samples.CopyTo(image.Samples8);
            _tensorBoard.Image(tag, step, image.Width, image.Height, PictureFile.EncodePng(image));
        }
    }

    /// <summary>The run has come to its end.</summary>
    public void End() => _tensorBoard.End();

    /// <summary>Brings everything to the operating system, and the metrics to the disk.</summary>
    public void Save()
    {
        _metrics.Flush(toDisk: true);
        _tensorBoard.Flush();
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _tensorBoard.Dispose();
    }
}
