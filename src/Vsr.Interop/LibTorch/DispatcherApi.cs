using System.Runtime.InteropServices;
using System.Text;

namespace Vsr.Interop.LibTorch;

/// <summary>Calls of any operator by its name, from libtorch's C interface (torch/csrc/stable/c/shim.h).</summary>
/// <remarks>
/// One 64-bit slot an argument. Handles and lists on the stack belong to the callee; results replace the arguments and
/// belong to the caller.
/// </remarks>
internal sealed unsafe class DispatcherApi
{
    private const int LongestName = 256;

    private readonly delegate* unmanaged<byte*, byte*, ulong*, int> _call;
    private readonly delegate* unmanaged<nint, nint*, int> _newTensorHandle;
    private readonly delegate* unmanaged<nuint, nint*, int> _newList;
    private readonly delegate* unmanaged<nint, ulong, int> _push;

    private DispatcherApi(SymbolLookup symbols)
    {
        _call = (delegate* unmanaged<byte*, byte*, ulong*, int>)symbols.Require("aoti_torch_call_dispatcher");
        _newTensorHandle = (delegate* unmanaged<nint, nint*, int>)symbols.Require("aoti_torch_new_tensor_handle");
        _newList = (delegate* unmanaged<nuint, nint*, int>)symbols.Require("torch_new_list_reserve_size");
        _push = (delegate* unmanaged<nint, ulong, int>)symbols.Require("torch_list_push_back");
    }

    public static DispatcherApi? TryBind(SymbolLookup symbols)
    {
        DispatcherApi api = new(symbols);
        return symbols.IsComplete ? api : null;
    }

    /// <summary>Calls an operator; the stack holds the arguments before and the results after.</summary>
    public void Call(string name, string overload, Span<ulong> stack)
    {
        byte* nameText = stackalloc byte[LongestName];
        byte* overloadText = stackalloc byte[LongestName];
        WriteText(name, nameText);
        WriteText(overload, overloadText);
        fixed (ulong* slots = stack)
        {
            LibTorchCallException.ThrowIfFailed(_call(nameText, overloadText, slots), $"operator {name}");
        }
    }

    /// <summary>A second owning handle to the same tensor, for the callee to consume.</summary>
    public nint NewHandle(nint tensor)
    {
        nint copy;
        LibTorchCallException.ThrowIfFailed(_newTensorHandle(tensor, &copy), "aoti_torch_new_tensor_handle");
        return copy;
    }

    /// <summary>An empty list, for the callee to consume.</summary>
    public nint NewList(int capacity)
    {
        nint list;
        LibTorchCallException.ThrowIfFailed(_newList((nuint)capacity, &list), "torch_new_list_reserve_size");
        return list;
    }

    public void Push(nint list, ulong element) =>
        LibTorchCallException.ThrowIfFailed(_push(list, element), "torch_list_push_back");

    /// <summary>A slot of its own that holds a present optional argument, for the callee to free.</summary>
    /// <remarks>The callee frees it as C++ frees an integer made by new, which on Linux is malloc's memory.</remarks>
    public static nint NewSlot(ulong value)
    {
        ulong* slot = (ulong*)NativeMemory.Alloc(sizeof(ulong));
        *slot = value;
        return (nint)slot;
    }

    private static void WriteText(string text, byte* target)
    {
        int length = Encoding.UTF8.GetBytes(text, new Span<byte>(target, LongestName - 1));
        target[length] = 0;
    }
}
