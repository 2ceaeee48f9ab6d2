using TorchSharp;
using static TorchSharp.torch;

namespace Vsr.Training.Optimization;

/// <summary>Copies of tensors, to put their values back later.</summary>
internal sealed class StateSnapshot : IDisposable
{
    private readonly Tensor[] _tensors;
    private readonly Tensor[] _copies;

    public StateSnapshot(IEnumerable<Tensor> tensors)
    {
        using IDisposable noGrad = no_grad();
        _tensors = tensors.ToArray();
        _copies = _tensors.Select(tensor => tensor.detach().clone().DetachFromDisposeScope()).ToArray();
    }

    /// <summary>Puts the values back in place.</summary>
    public void Restore()
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        for (int i = 0; i < _tensors.Length; i++)
        {
            _tensors[i].copy_(_copies[i]);
        }
    }

    public void Dispose()
    {
        foreach (Tensor copy in _copies)
        {
            copy.Dispose();
        }
    }
}
