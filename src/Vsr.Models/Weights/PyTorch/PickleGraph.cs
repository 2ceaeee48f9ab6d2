namespace Vsr.Models.PyTorch;

/// <summary>Checks that containers are a tree or share parts, but never contain themselves or lie too deep.</summary>
internal static class PickleGraph
{
    /// <summary>Visits every container once.</summary>
    /// <exception cref="FormatException">A container contains itself, or there are more than <see cref="PickleLimits.Depth"/> within one another.</exception>
    public static void Check(object? root)
    {
        Dictionary<object, bool> open = new(ReferenceEqualityComparer.Instance);
        Stack<(object Container, IEnumerator<object?> Items)> path = [];
        Enter(root, open, path);
        while (path.TryPeek(out (object Container, IEnumerator<object?> Items) top))
        {
            if (top.Items.MoveNext())
            {
                Enter(top.Items.Current, open, path);
            }
            else
            {
                open[top.Container] = false;
                path.Pop();
            }
        }
    }

    private static void Enter(object? value, Dictionary<object, bool> open, Stack<(object Container, IEnumerator<object?> Items)> path)
    {
        if (Inside(value) is not { } items)
        {
            return;
        }

        if (!open.TryAdd(value!, true))
        {
            if (open[value!])
            {
                throw new FormatException($"{PickleText.KindOf(value)} that contains itself");
            }

            return;
        }

        path.Push((value!, items.GetEnumerator()));
        if (path.Count > PickleLimits.Depth)
        {
            throw new FormatException($"over {PickleLimits.Depth} containers within one another");
        }
    }

    /// <summary>Whether a tensor is somewhere within a container that <see cref="Check"/> passed; what was visited before is passed over.</summary>
    public static bool HoldsTensor(object? value, HashSet<object> visited)
    {
        Stack<object?> waiting = new([value]);
        while (waiting.TryPop(out object? next))
        {
            if (next is PyTorchTensor)
            {
                return true;
            }

            if (Inside(next) is { } items && visited.Add(next!))
            {
                foreach (object? item in items)
                {
                    waiting.Push(item);
                }
            }
        }

        return false;
    }

    private static IEnumerable<object?>? Inside(object? value) => value switch
    {
        PickleTuple tuple => tuple.Items,
        PickleList list => list.Items,
        PickleDictionary dictionary => dictionary.Items.Select(pair => pair.Value),
        _ => null,
    };
}
