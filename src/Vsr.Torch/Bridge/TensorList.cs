using TorchSharp;
using static TorchSharp.torch;

namespace Vsr.Torch;

/// <summary>A fixed list of tensors, such as a network's parameters, and what a training step does to all of them at once.</summary>
/// <remarks>
/// The list does not own its tensors. Nothing here waits for the device: every operation may be part of a CUDA graph.
/// Gradients are not recorded. Where operators cannot be called by name the tensors are visited one by one.
/// </remarks>
public sealed class TensorList
{
    private readonly Tensor[] _tensors;

    /// <summary>Makes a list of tensors that others own.</summary>
    /// <exception cref="ArgumentException">There is no tensor.</exception>
    public TensorList(IEnumerable<Tensor> tensors)
    {
        _tensors = tensors?.ToArray() ?? throw new ArgumentNullException(nameof(tensors));
        if (_tensors.Length == 0)
        {
            throw new ArgumentException("a list of no tensors; give at least one", nameof(tensors));
        }
    }

    /// <summary>The number of tensors, at least 1.</summary>
    public int Count => _tensors.Length;

    /// <summary>The tensors, in order.</summary>
    public IReadOnlyList<Tensor> Tensors => _tensors;

    /// <summary>Tensor number <paramref name="index"/>.</summary>
    public Tensor this[int index] => _tensors[index];

    /// <summary>New tensors of the same shapes, layouts and devices, filled with zeros, which the caller owns.</summary>
    /// <remarks>They belong to no dispose scope.</remarks>
    public TensorList ZerosLike(ScalarType? type = null)
    {
        using IDisposable off = no_grad();
        return new(_tensors.Select(t => zeros_like(t, dtype: type ?? t.dtype).DetachFromDisposeScope()));
    }

    /// <summary>Copies values from a list of the same shapes; types may differ.</summary>
    public void Copy(TensorList source)
    {
        RequireSameCount(source);
        using IDisposable off = no_grad();
        if (Dispatcher.IsAvailableOrNoted)
        {
            Dispatcher.Run("aten::_foreach_copy_", "", _tensors, source._tensors, false);
            return;
        }

        for (int i = 0; i < Count; i++)
        {
            _tensors[i].copy_(source._tensors[i]);
        }
    }

    /// <summary>Moves every tensor towards another: a + weight (b - a), as for an exponential moving average.</summary>
    /// <param name="end">The tensors to move towards, of the same shapes and types.</param>
    /// <param name="weight">A tensor without dimensions, on the same device, of the same type.</param>
    public void Lerp(TensorList end, Tensor weight)
    {
        RequireSameCount(end);
        ArgumentNullException.ThrowIfNull(weight);
        using IDisposable off = no_grad();
        if (Dispatcher.IsAvailableOrNoted)
        {
            Tensor[] weights = new Tensor[Count];
            Array.Fill(weights, weight);
            Dispatcher.Run("aten::_foreach_lerp_", "List", _tensors, end._tensors, weights);
            return;
        }

        for (int i = 0; i < Count; i++)
        {
            _tensors[i].lerp_(end._tensors[i], weight);
        }
    }

    /// <summary>Multiplies every tensor with a number that is on the device.</summary>
    /// <param name="factor">A tensor without dimensions, on the same device.</param>
    public void ScaleBy(Tensor factor)
    {
        ArgumentNullException.ThrowIfNull(factor);
        using IDisposable off = no_grad();
        if (Dispatcher.IsAvailableOrNoted)
        {
            Dispatcher.Run("aten::_foreach_mul_", "Tensor", _tensors, factor);
            return;
        }

        foreach (Tensor tensor in _tensors)
        {
            tensor.mul_(factor);
        }
    }

    /// <summary>Fills every tensor with zeros.</summary>
    public void Zero()
    {
        using IDisposable off = no_grad();
        if (Dispatcher.IsAvailableOrNoted)
        {
            Dispatcher.Run("aten::_foreach_zero_", "", [_tensors]);
            return;
        }

        foreach (Tensor tensor in _tensors)
        {
            tensor.fill_(0);
        }
    }

    /// <summary>The Euclidean norm over the values of all tensors: float32 without dimensions, on the device; the caller owns it.</summary>
    public Tensor GlobalNorm()
    {
        using IDisposable off = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor flat = cat(_tensors.Select(t => t.reshape(-1)).ToArray());
        return flat.to(float32).norm().MoveToOuterDisposeScope();
    }

    /// <summary>Scales all tensors so that their <see cref="GlobalNorm"/> is at most a limit (gradient clipping).</summary>
    /// <param name="limit">The largest norm, above 0.</param>
    /// <returns>The norm from before, on the device; the caller owns it.</returns>
    /// <remarks>As PyTorch's clip_grad_norm_: the factor is limit / (norm + 1e-6), at most 1.</remarks>
    public Tensor ClipGlobalNorm(double limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        using IDisposable off = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor norm = GlobalNorm();
        ScaleBy((norm + 1e-6).reciprocal().mul(limit).clamp(max: 1.0));
        return norm.MoveToOuterDisposeScope();
    }

    private void RequireSameCount(TensorList other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Count != Count)
        {
            throw new ArgumentException($"lists of {Count} and {other.Count} tensors do not match; give lists of the same tensors");
        }
    }
}
