using TorchSharp;
using static TorchSharp.torch;

namespace Vsr.Training.Evaluation;

/// <summary>A clip's scores so far, and the frames whose output the network still owes.</summary>
internal sealed class ClipTally(int width, int height, EvaluationOptions options) : IDisposable
{
    private readonly FrameScorer _scorer = new(width, height, options);
    private readonly List<double> _losses = [];
    private readonly TemporalScorer? _temporal = options.TemporalFlow is { } flow ? new(flow, width, height, options.Rgb) : null;
    private readonly Queue<byte[]> _waitingBicubic = new();       // where the temporal scorer wants it beside the output
    private readonly Queue<byte[]> _waiting = new();
    private readonly List<QualityScore> _network = [];
    private readonly List<QualityScore> _bicubic = [];
    private readonly byte[] _output = new byte[3 * width * height];

    /// <summary>Frames that the network has delivered.</summary>
    public int Frames => _network.Count;

    /// <summary>Whether the network owes frames.</summary>
    public bool IsWaiting => _waiting.Count > 0;

    /// <summary>Scores bicubic's enlargement [1, 3, H, W] of a frame and keeps its ground truth until the network delivers.</summary>
    public void Expect(byte[] truth, Tensor bicubic)
    {
        FrameTensors.ToBytes(bicubic, _output);
        _scorer.SetGroundTruth(truth);
        _bicubic.Add(_scorer.Score(_output));
        _waiting.Enqueue(truth);
        if (_temporal is not null)
        {
            _waitingBicubic.Enqueue(_output.ToArray());
        }
    }

    /// <summary>Scores the network's next frame [1, 3, H, W].</summary>
    /// <exception cref="InvalidOperationException">The output has another size than the ground truth.</exception>
    public void Add(Tensor sr)
    {
        if (sr.numel() != _output.Length)
        {
            throw new InvalidOperationException(
                $"the network delivered [{string.Join(", ", sr.shape)}] for a ground truth of {width}x{height}");
        }

        byte[] truth = _waiting.Dequeue();
        FrameTensors.ToBytes(sr, _output);
        _scorer.SetGroundTruth(truth);
        _network.Add(_scorer.Score(_output));
        _temporal?.Add(truth, _waitingBicubic.Dequeue(), _output, sr.device);
        if (options.Loss is { } loss)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor target = FrameTensors.ToDevice(truth, width, height, sr.device);
            _losses.Add(loss(sr.reshape(target.shape).to(ScalarType.Float32), target).item<float>());
        }
    }

    /// <summary>The means over the clip.</summary>
    /// <exception cref="InvalidOperationException">The network still owes frames.</exception>
    public ClipScore Finish(string name) => IsWaiting
        ? throw new InvalidOperationException($"the network delivered {Frames} of {_bicubic.Count} frames of {name}")
        : new ClipScore(name, Frames, QualityScore.Mean(_network), QualityScore.Mean(_bicubic))
        {
            Temporal = TemporalScore.Mean(_temporal?.Pairs ?? []),
            TemporalPairs = _temporal?.Pairs.Count,
            Loss = _losses.Count == 0 ? null : _losses.Average(),
        };

    public void Dispose() => _temporal?.Dispose();
}
