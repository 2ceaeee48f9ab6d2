using System.Runtime.InteropServices;

namespace Vsr.Interop.LibTorch;

/// <summary>The shared libraries of one libtorch that are loaded into this process, by file name without folder.</summary>
/// <remarks>libtorch cannot be unloaded: the handles live as long as the process.</remarks>
internal sealed class LibTorchModules
{
    private readonly Dictionary<string, nint> _handles = [];

    public required string Directory { get; init; }

    public bool HasCuda => _handles.ContainsKey("libtorch_cuda.so");

    public bool Contains(string fileName) => _handles.ContainsKey(fileName);

    /// <summary>Loads a library of the folder by its full path, once.</summary>
    /// <exception cref="DllNotFoundException">The loader's own words.</exception>
    public void Load(string fileName)
    {
        if (!_handles.ContainsKey(fileName))
        {
            _handles[fileName] = NativeLibrary.Load(Path.Combine(Directory, fileName));
        }
    }

    /// <summary>The address of an exported function, looked up in every loaded library; 0 when none exports it.</summary>
    public nint Find(string symbol)
    {
        foreach (nint handle in _handles.Values)
        {
            if (NativeLibrary.TryGetExport(handle, symbol, out nint address))
            {
                return address;
            }
        }

        return 0;
    }
}
