using TorchSharp;
using Vsr.Interop.LibTorch;
using Vsr.Torch.Loading;

namespace Vsr.Torch;

/// <summary>Calls any of libtorch's operators by its name, also those that TorchSharp does not show.</summary>
/// <remarks>
/// Names and arguments are those of the operator's schema, as "aten::lerp_" with overload "Tensor", all arguments given, in
/// order, defaults included. Runs on the calling thread's current stream.
/// </remarks>
public static class Dispatcher
{
    private const int MostSlots = 32;

    /// <summary>Whether the loaded libtorch can be called by name.</summary>
    public static bool IsAvailable => LoadedLibTorch.Current.Bridge.Dispatcher is not null;

    /// <summary>The same; where it cannot, that is noted among what the bridge lacks.</summary>
    internal static bool IsAvailableOrNoted
    {
        get
        {
            bool available = IsAvailable;
            if (!available)
            {
                LoadedLibTorch.Current.Bridge.NoteMissing("operators by name");
            }

            return available;
        }
    }

    /// <summary>Calls an operator that returns one tensor. The caller owns the result; in-place operators return an alias.</summary>
    /// <exception cref="BackendException">The operator failed, or operators cannot be called by name.</exception>
    public static torch.Tensor Call(string name, string overload, params ReadOnlySpan<DispatcherArgument> arguments)
    {
        Span<ulong> stack = stackalloc ulong[MostSlots];
        Invoke(name, overload, arguments, stack);
        return torch.Tensor.UnsafeCreateTensor((nint)stack[0]);
    }

    /// <summary>Calls an operator that returns several tensors, of which one is wanted. The caller owns it.</summary>
    /// <exception cref="BackendException">The operator failed, or operators cannot be called by name.</exception>
    internal static torch.Tensor CallForOne(
        string name, string overload, int results, int wanted, params ReadOnlySpan<DispatcherArgument> arguments)
    {
        Span<ulong> stack = stackalloc ulong[MostSlots];
        Invoke(name, overload, arguments, stack);
        for (int i = 0; i < results; i++)
        {
            if (i != wanted && stack[i] != 0)
            {
                torch.Tensor.UnsafeCreateTensor((nint)stack[i]).Dispose();
            }
        }

        return torch.Tensor.UnsafeCreateTensor((nint)stack[wanted]);
    }

    /// <summary>Calls an operator that returns nothing.</summary>
    /// <exception cref="BackendException">The operator failed, or operators cannot be called by name.</exception>
    public static void Run(string name, string overload, params ReadOnlySpan<DispatcherArgument> arguments)
    {
        Span<ulong> stack = stackalloc ulong[MostSlots];
        Invoke(name, overload, arguments, stack);
    }

    private static void Invoke(string name, string overload, ReadOnlySpan<DispatcherArgument> arguments, Span<ulong> stack)
    {
        DispatcherApi api = LoadedLibTorch.Current.Bridge.Dispatcher
            ?? throw new BackendException($"the loaded libtorch cannot call {name} by its name");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(arguments.Length, MostSlots, nameof(arguments));
        try
        {
            for (int i = 0; i < arguments.Length; i++)
            {
                stack[i] = ToSlot(api, arguments[i]);
            }

            api.Call(name, overload, stack);
        }
        catch (LibTorchCallException failure)
        {
            throw new BackendException(failure.Message, failure);
        }
    }

    // the callee consumes handles and lists: it gets copies of its own
    private static ulong ToSlot(DispatcherApi api, DispatcherArgument argument)
    {
        if (argument.Tensor is { } tensor)
        {
            ulong handle = (ulong)NewHandle(api, tensor);
            return argument.IsOptional ? (ulong)DispatcherApi.NewSlot(handle) : handle;
        }

        if (argument.Integers is { } integers)
        {
            nint numbers = api.NewList(integers.Count);
            foreach (long integer in integers)
            {
                api.Push(numbers, unchecked((ulong)integer));
            }

            return (ulong)numbers;
        }

        if (argument.Tensors is not { } tensors)
        {
            return argument.Bits;
        }

        nint list = api.NewList(tensors.Count);
        foreach (torch.Tensor element in tensors)
        {
            api.Push(list, (ulong)NewHandle(api, element));
        }

        return (ulong)list;
    }

    private static nint NewHandle(DispatcherApi api, torch.Tensor tensor)
    {
        nint handle = api.NewHandle(tensor.Handle);
        GC.KeepAlive(tensor);
        return handle;
    }
}
