using Vsr.Data.Synthesis;
using Vsr.Models;
using Vsr.Training.Losses;
using Vsr.Training.Tasks;
using static TorchSharp.torch;

namespace Vsr.Training.Running;

/// <summary>What a run's batches are made of, and the tasks that use them.</summary>
internal sealed class TrainingData : IDisposable
{
    private const int FramesAsStills = 40;
    private const int PairRoom = 64;            // so that a crop of a pair can lie in several places
    private const double FlowExactShare = 0.5;

    private readonly TrainingOptions _options;
    private readonly TrainingClips _clips;
    private readonly Device _device;
    private readonly ITrainingObserver _observer;
    private readonly CancellationToken _cancellation;
    private readonly StillPictures? _stills;
    private readonly SequencePools? _pools;

    public TrainingData(
        TrainingOptions options, TrainingClips clips, Device device, ITrainingObserver observer, CancellationToken cancellation)
    {
        _options = options;
        _clips = clips;
        _device = device;
        _observer = observer;
        _cancellation = cancellation;
        if (options.Network == NetworkCatalog.Flow)
        {
            _stills = WithDrawings(StillPictures.Join(
                options.Stills is null ? null : StillPictures.Read(options.Stills, observer),
                StillPictures.FromClips(clips.Clips, FramesAsStills, observer)));
            RequireSome(_stills);
            return;
        }

        if (options.PoolClips == 0 && options.PoolStills == 0)
        {
            return;
        }

        _stills = options.Stills is { } folder ? StillPictures.Read(folder, observer)
            : options.PoolStills > 0 ? StillPictures.FromClips(clips.Clips, FramesAsStills, observer) : null;
        _stills = _stills is null ? null : WithDrawings(_stills);
        RequireSome(_stills);
        observer.Message(_stills is null ? "no stills" : $"{_stills.Pictures.Count} stills{Origin(options)}");
        _pools = new SequencePools(clips.Clips, _stills?.Pictures ?? [], PoolPlan.For(options), device, observer, cancellation)
        {
            PairSource = clips.Pairs,
        };
    }

    /// <summary>Whether there are pairs of frames with exact flow.</summary>
    public bool HasFlow => _stills is not null && _options.PoolStills > 0;

    /// <summary>The task of training a network on these data. The caller disposes it.</summary>
    public ITrainingTask CreateTask(Network network)
    {
        int batch = _options.Batch!.Value;
        (int height, int width) = (_options.CropHeight!.Value, _options.CropWidth!.Value);
        IPictureLoss loss = PictureLoss.Create(_options.Loss!);
        return network switch
        {
            VsrNet vsrNet => new VsrNetTask(
                vsrNet, CreateBatches(), loss, new SequenceShape(batch, _options.Frames!.Value, height, width), _device),
            RecurrentVsr recurrent => new RecurrentTask(
                recurrent, CreateBatches(), loss, new SequenceShape(batch, _options.Unroll!.Value, height, width),
                new SequenceShape(_options.LateBatch!.Value, _options.LateUnroll!.Value, height, width), _options.LateFrom, _device),
            CompactFlow flow => new PairFlowTask(flow, CreatePairs(height), batch, height, _device),
            _ => throw new ArgumentException($"there is no training for the network '{network.Architecture}'", nameof(network)),
        };
    }

    /// <summary>The task of training a recurrent network's flow network on pairs at low resolution, half of them with exact flow where clips give the others.</summary>
    public FlowTask CreateFlowTask(CompactFlow flow, int pairs)
    {
        if (_pools is null || !HasFlow)
        {
            throw new VsrException("flow training needs pictures to set in motion") { Hint = "add --stills DIR, or --pool-stills N to take frames of the clips" };
        }

        int exact = _options.PoolClips > 0 && _clips.Pairs is null ? Math.Max(1, (int)(pairs * FlowExactShare)) : pairs;
        return new FlowTask(
            flow, new PoolFlowPairs(_pools, _options.Seed), exact, pairs - exact, PoolPlan.FlowCrop(_options), _device);
    }

    public void Dispose()
    {
        _pools?.Dispose();
        _stills?.Dispose();
    }

    private StillPictures WithDrawings(StillPictures others) => _options.Drawings == 0 ? others
        : StillPictures.Join(others, StillPictures.Draw(_options.Drawings, _options.Seed, _observer, _cancellation));

    private static void RequireSome(StillPictures? stills)
    {
        if (stills is { Pictures.Count: 0 })
        {
            throw new VsrException($"no clip has frames of {StillSet.LeastSide} pixels or more a side, which stills in motion are made of")
            {
                Hint = "add --stills DIR with larger pictures, or larger clips",
            };
        }
    }

    private static string Origin(TrainingOptions options) => (options.Stills is null, options.Drawings > 0) switch
    {
        (true, true) => $", {options.Drawings} drawn, the others taken from the clips",
        (true, false) => " taken from the clips",
        (false, true) => $", {options.Drawings} drawn",
        _ => "",
    };

    private FlowPairSource CreatePairs(int crop) => new(
        _stills!.Pictures, _options.PoolStills!.Value, crop + PairRoom, _options.Seed, _device, _observer, _cancellation);

    private IBatchSource CreateBatches() => _pools is null
        ? new LoaderBatches(_clips.Clips, _options.Seed, _clips.Decoder, _device)
        : _clips.Pairs is not null ? new PairBatches(_pools, _options.Seed) : new PoolBatches(_pools, _options.StillShare, _options.Seed);
}
