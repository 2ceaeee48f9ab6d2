using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Vsr.Interop;

/// <summary>The functions of a native library by their names, each looked up once. Any thread.</summary>
/// <param name="library">The library's handle.</param>
internal sealed class NativeExports(nint library)
{
    private readonly ConcurrentDictionary<string, nint> _addresses = new();

    /// <summary>The address of a function.</summary>
    /// <exception cref="EntryPointNotFoundException">The library does not export it.</exception>
    public nint Find(string symbol)
    {
        if (!_addresses.TryGetValue(symbol, out nint address))
        {
            address = NativeLibrary.GetExport(library, symbol);
            _addresses[symbol] = address;
        }

        return address;
    }
}
