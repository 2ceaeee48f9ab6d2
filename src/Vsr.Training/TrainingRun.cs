using TorchSharp;
using Vsr.Models;
using Vsr.Training.Running;
using Vsr.Training.Tasks;
using static TorchSharp.torch;

namespace Vsr.Training;

/// <summary>A whole training run in a folder: data, flow pre-training, training, weights. The entry for programs and the command line.</summary>
/// <remarks>
/// Synchronous, on the calling thread; the backend must be loaded. docs/training.md describes the recipe, docs/checkpoints.md the folder.
/// </remarks>
public sealed class TrainingRun
{
    private TrainingOptions _options;
    private readonly Device _device;
    private readonly RunFolder _folder;
    private readonly ITrainingObserver _observer;
    private readonly CancellationToken _cancellation;
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly DataMove? _move;      // null in a new run

    private TrainingRun(
        TrainingOptions options, DataMove? move, Device device, ITrainingObserver observer, CancellationToken cancellation)
    {
        _options = options;
        _move = move;
        _device = device;
        _folder = new RunFolder(options.Out);
        _observer = observer;
        _cancellation = cancellation;
    }

    /// <summary>Starts a run in a new folder, or one with nothing but logs and run files, and trains to its end.</summary>
    /// <param name="options">The settings; <see cref="TrainingOptions.Out"/> is the folder.</param>
    /// <param name="device">Where to train.</param>
    /// <param name="observer">Hears how it goes.</param>
    /// <param name="cancellation">Ends the run early, with a checkpoint.</param>
    /// <exception cref="ArgumentException">A setting is outside its range, or names a file that cannot be written.</exception>
    /// <exception cref="VsrException">The folder holds a run or other things, another process trains in it, data are missing or unusable, or the loss is no number any more.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before training began.</exception>
    public static TrainingResult Start(
        TrainingOptions options, Device device, ITrainingObserver observer, CancellationToken cancellation = default)
    {
        TrainingOptions resolved = Resolve(options, device);
        TrainingRun run = new(resolved, null, device, observer, cancellation);
        bool isNew = !Directory.Exists(resolved.Out);
        run._folder.Create();
        try
        {
            return run.Train();
        }
        catch when (isNew)
        {
            run._folder.RemoveIfEmpty();
            throw;
        }
    }

    /// <summary>Goes on with a run from its last checkpoint; from the beginning when it has none.</summary>
    /// <param name="options">
    /// The settings, as <see cref="ReadSettings"/> gave them or with another length. <see cref="TrainingOptions.Root"/>,
    /// <see cref="TrainingOptions.Pairs"/>, <see cref="TrainingOptions.Val"/> and <see cref="TrainingOptions.Stills"/> may be others that hold the same files.
    /// </param>
    /// <param name="device">Where to train.</param>
    /// <param name="observer">Hears how it goes.</param>
    /// <param name="cancellation">Ends the run early, with a checkpoint.</param>
    /// <exception cref="ArgumentException">A setting is outside its range, or names a file that cannot be written.</exception>
    /// <exception cref="CheckpointException">The settings, or the files of another folder, are not those of the run, or a checkpoint is damaged.</exception>
    /// <exception cref="VsrException">Another process trains in the folder, a folder of the run's settings is gone, or data are unusable.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before training began.</exception>
    public static TrainingResult Resume(
        TrainingOptions options, Device device, ITrainingObserver observer, CancellationToken cancellation = default)
    {
        TrainingOptions resolved = Resolve(options, device);
        TrainingOptions stored = ReadSettings(resolved.Out).Resolve(onGpu: device.type == DeviceType.CUDA);
        ResumeCheck.RequireSameSettings(stored, resolved);
        DataMove move = DataFolders.Moved(stored, resolved);
        DataFolders.RequireStored(resolved, move);
        return new TrainingRun(resolved, move, device, observer, cancellation).Train();
    }

    /// <summary>The settings of the run in a folder.</summary>
    /// <exception cref="VsrException">There is no run in the folder.</exception>
    public static TrainingOptions ReadSettings(string folder) =>
        new RunFolder(folder).ReadSettings()
        ?? throw new VsrException($"{folder} holds no training run to go on with") { Hint = "leave --resume out to start one" };

    private static TrainingOptions Resolve(TrainingOptions options, Device device)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(device);
        options.Validate();
        ExportFile.Require(options.ExportFp16);
        return options.Resolve(onGpu: device.type == DeviceType.CUDA);
    }

    private TrainingResult Train()
    {
        using RunLock held = new(_folder.Path);
        if (_move is not null && _folder.LatestCheckpoint is null)
        {
            _observer.Message($"{_folder.Path} has no checkpoint yet: the run begins anew");
        }

        using Network network = TrainingNetwork.Create(_options, _folder.LatestCheckpoint);
        _observer.Message(TrainingNetwork.Describe(network, _options, _device, resumed: _folder.LatestCheckpoint is not null));
        Arithmetic.Set(_options, _device, _observer);
        FlowValidation? pairs = network is CompactFlow ? FlowValidation.Read(_options, _observer) : null;
        TrainingFiles files = TrainingFiles.Open(_options, _observer, _cancellation);
        DataList list = DataList.Of(_options, files);
        if (_move is { } move)
        {
            ResumeCheck.RequireSameData(_folder.ReadClips(), list, move, _options, _observer);
        }

        using TrainingClips clips = TrainingClips.Load(files, _options, _device, _observer, _time, _cancellation);
        _options = FittedOptions.For(_options, clips.Clips.Clips, clips.Validation.Count > 0);
        LoaderBatches.RequireFit(clips.Clips, _options);
        using TrainingData data = new(_options, clips, _device, _observer, _cancellation);
        _folder.WriteClips(list);
        _folder.WriteSettings(_options);      // from here on it is a run that can be resumed
        TrainingBudget budget = new(_options.Steps, _options.Minutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null);
        if (FlowPretraining.IsWanted(_options, network))
        {
            FlowPretraining flow = new(_options, _folder, data, _device, _observer);
            TrainingResult pretrained = flow.Run((RecurrentVsr)network, _cancellation);
            if (pretrained.WasInterrupted)
            {
                return pretrained;
            }

            budget = budget with { Time = budget.Time - flow.Elapsed };
        }

        using ITrainingTask task = data.CreateTask(network);
        using TrainingSession session = new(_options, task, budget, _folder, _device, _observer, _time)
        {
            Epoch = _options.Timing ? EpochLength.For(_options, clips.Clips.Clips) : null,
            Validate = network is not CompactFlow ? Validation.For(_options, clips.Validation, _folder, _device, _observer, _cancellation)
                : pairs is null ? null : step => pairs.Score(step, _folder.Weights, _device, _observer),
        };
        TrainingResult result = session.Run(_cancellation);
        if (!result.WasInterrupted && _options.ExportFp16 is { } path)
        {
            ExportFile.CreateFolder(path);
            session.ExportFloat16(path);
        }

        return result;
    }
}
