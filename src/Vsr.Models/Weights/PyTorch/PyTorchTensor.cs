namespace Vsr.Models.PyTorch;

/// <summary>A tensor: a view of a storage that is known to lie inside it.</summary>
internal sealed class PyTorchTensor
{
    private const int MostSides = 64;

    private readonly long[] _shape;
    private readonly long[] _strides;

    /// <param name="view">The elements that the tensor may have.</param>
    /// <param name="offset">The first element within the view.</param>
    /// <param name="shape">The sides.</param>
    /// <param name="strides">Elements from one to the next along each side.</param>
    /// <exception cref="FormatException">A number is negative or too large, or the tensor reaches out of the view.</exception>
    public PyTorchTensor(PyTorchStorageView view, long offset, long[] shape, long[] strides)
    {
        if (shape.Length != strides.Length || shape.Length > MostSides)
        {
            throw new FormatException($"a tensor of {shape.Length} sides and {strides.Length} strides; there are at most {MostSides}");
        }

        if (offset < 0 || shape.Any(side => side < 0) || strides.Any(stride => stride < 0))
        {
            throw Wrong("has a negative number");
        }

        (Count, Extent) = Measure(shape, strides) ?? throw Wrong("is too large to exist");
        if (offset > view.Count || Extent > view.Count - offset)
        {
            throw Wrong("reaches out of its storage");
        }

        Storage = view.Root;
        Start = view.Start + offset;
        (_shape, _strides) = (shape, strides);

        FormatException Wrong(string what) => new(
            $"a tensor of shape [{string.Join(", ", shape)}], strides [{string.Join(", ", strides)}] and offset {offset} in {view.Count} elements {what}");
    }

    public PyTorchStorage Storage { get; }

    /// <summary>The first element within the storage.</summary>
    public long Start { get; }

    public IReadOnlyList<long> Shape => _shape;

    /// <summary>The number of elements.</summary>
    public long Count { get; }

    /// <summary>The elements of the storage from the first to the last one that belongs to the tensor.</summary>
    public long Extent { get; }

    /// <summary>The bytes of all elements, one after the other.</summary>
    public long Bytes => Count * SafetensorsEntry.ElementSize(Storage.Type);

    /// <summary>The bytes that are read or made for the tensor, whichever are more.</summary>
    public long Cost => Math.Max(Count, Extent) * SafetensorsEntry.ElementSize(Storage.Type);

    /// <summary>The sides that matter when the elements are walked through, outermost first: none of one, neighbours joined where they can be.</summary>
    public IReadOnlyList<(long Side, long Stride)> Walk()
    {
        List<(long Side, long Stride)> walk = [];
        for (int i = 0; i < _shape.Length; i++)
        {
            if (_shape[i] == 1)
            {
                continue;
            }

            if (walk.Count > 0 && walk[^1].Stride == _strides[i] * _shape[i])
            {
                walk[^1] = (walk[^1].Side * _shape[i], _strides[i]);
            }
            else
            {
                walk.Add((_shape[i], _strides[i]));
            }
        }

        return walk;
    }

    private static (long Count, long Extent)? Measure(long[] shape, long[] strides)
    {
        Int128 count = 1, last = 0;
        for (int i = 0; i < shape.Length; i++)
        {
            long side = Math.Max(1, shape[i]);       // an empty tensor's other sides are no license either
            count *= side;
            last += (Int128)(side - 1) * strides[i];
            if (count > long.MaxValue / 8 || last >= long.MaxValue / 8)
            {
                return null;
            }
        }

        return shape.Contains(0) ? (0, 0) : ((long)count, (long)last + 1);
    }
}
