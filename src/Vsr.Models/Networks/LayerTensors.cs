using static TorchSharp.torch;

namespace Vsr.Models;

/// <summary>One of the convolutions that each frame passes through.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Block">Of this residual block.</param>
internal readonly record struct CellLayer(CellLayerKind Kind, int Block = 0);

/// <summary>The convolutions of a frame in their order.</summary>
internal enum CellLayerKind
{
    /// <summary>From the joined input.</summary>
    Head,

    /// <summary>The first of a residual block.</summary>
    First,

    /// <summary>The second of a residual block.</summary>
    Second,

    /// <summary>From the state.</summary>
    Up,

    /// <summary>To the residual.</summary>
    Out,
}

/// <summary>A tensor [N, C, h, w] for each layer and frame; those of a layer and some frames in a row are one tensor, frame after frame.</summary>
/// <param name="chunk">Frames in a row.</param>
/// <param name="frames">In all.</param>
internal sealed class LayerTensors(int chunk, int frames) : IDisposable
{
    private readonly Dictionary<(CellLayer Layer, int Chunk), Tensor> _tensors = [];

    /// <summary>A frame's place, whose memory is made, with channels innermost, for the first frame of a chunk that asks.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="frame">From 0.</param>
    /// <param name="like">Of the shape and type of a frame's tensor.</param>
    public Tensor Place(CellLayer layer, int frame, Tensor like)
    {
        if (!_tensors.ContainsKey((layer, frame / chunk)))
        {
            int count = Math.Min(chunk, frames - (frame / chunk * chunk));
            _tensors[(layer, frame / chunk)] = empty(count * like.size(0), like.size(2), like.size(3), like.size(1), like.dtype, like.device)
                .permute(0, 3, 1, 2).DetachFromDisposeScope();
        }

        return At(layer, frame);
    }

    /// <summary>What is at a frame's place.</summary>
    public Tensor At(CellLayer layer, int frame)
    {
        Tensor whole = _tensors[(layer, frame / chunk)];
        int count = Math.Min(chunk, frames - (frame / chunk * chunk));
        long pictures = whole.size(0) / count;
        return whole.narrow(0, frame % chunk * pictures, pictures);
    }

    /// <summary>All frames of the chunk that a frame belongs to; stays this object's.</summary>
    public Tensor ChunkOf(CellLayer layer, int frame) => _tensors[(layer, frame / chunk)];

    /// <summary>Frees a chunk of all layers.</summary>
    public void DropChunkOf(int frame)
    {
        foreach ((CellLayer Layer, int Chunk) key in _tensors.Keys.Where(key => key.Chunk == frame / chunk).ToList())
        {
            _tensors.Remove(key, out Tensor? tensor);
            tensor!.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (Tensor tensor in _tensors.Values)
        {
            tensor.Dispose();
        }

        _tensors.Clear();
    }
}
