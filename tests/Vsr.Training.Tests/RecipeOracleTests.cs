using System.Globalization;
using Vsr.Models;
using Vsr.Tests;
using Vsr.Training.Checkpoints;
using Vsr.Training.Losses;
using Vsr.Training.Optimization;
using Vsr.Training.Running;
using Vsr.Training.Schedules;
using Vsr.Training.Tasks;
using static TorchSharp.torch;

namespace Vsr.Training.Tests;

/// <summary>Whole steps (reduction, loss, clipping, AdamW, averaging) against the recipe in PyTorch (Oracle/recipe_steps.py).</summary>
public sealed class RecipeOracleTests : IDisposable
{
    private const int Steps = 8;

    private readonly TemporaryFolder _folder = new();

    public RecipeOracleTests() => OneThread.Ensure();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void LossesAndAveragesAreThoseOfTheRecipeInPyTorch()
    {
        string baselines = SharedData.Require("baselines");
        string python = OracleProgram.RequirePythonTorch();
        float[] losses = Train();

        string script = Path.Combine(SharedData.RepositoryRoot, "tests/Vsr.Training.Tests/Oracle/recipe_steps.py");
        string[] lines = OracleProgram.Run(
            python, script, baselines, _folder.File("init"), _folder.File("batch"), _folder.File("averages"), $"{Steps}").Trim().Split('\n');

        double[] expected = lines[0].Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(Steps, expected.Length);
        Assert.All(expected.Zip(losses), pair => Assert.Equal(pair.First, pair.Second, 1e-5 * pair.First));
        Assert.InRange(double.Parse(lines[1], CultureInfo.InvariantCulture), 0, 1e-3);
    }

    private float[] Train()
    {
        random.manual_seed(3);
        using RecurrentVsr network = new(new RecurrentOptions { Channels = 16, Blocks = 2, LookAhead = 1, UseFlow = false });
        NetworkWeights.Save(network, _folder.File("init"));
        SequenceShape shape = new(2, 4, 64, 64);
        using FakeBatches batches = new(1, repeat: true);
        using (Tensor batch = shape.CreateInput(CPU))
        {
            batches.Fill(batch);
            File.WriteAllBytes(_folder.File("batch"), batch.flatten().data<byte>().ToArray());
        }

        using RecurrentTask task = new(network, batches, new Charbonnier(), shape, shape, 1, CPU);
        using TrainedParameters parameters = new(network, CPU, ScalarType.Float32);
        using Trainer trainer = new(
            task, parameters, new ConstantSchedule { WarmUpSteps = 1 }, 4e-4, new TrainingBudget(Steps, null),
            new TrainingClock(TimeProvider.System, default), CPU, eager: true, new RecordingObserver());
        List<float> losses = [];
        trainer.Run(_ => false, block => losses.AddRange(block.Select(entry => entry.Loss)), CancellationToken.None);
        Checkpoint.WriteWeights(_folder.File("averages"), parameters, SafetensorsType.F32, new Dictionary<string, string>());
        return losses.ToArray();
    }
}
