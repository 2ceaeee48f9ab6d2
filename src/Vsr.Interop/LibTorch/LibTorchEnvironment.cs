using System.Runtime.InteropServices;

namespace Vsr.Interop.LibTorch;

/// <summary>Settings that libtorch and its OpenMP library (libgomp) read from environment variables when they are loaded. What the user has set stays.</summary>
internal static unsafe class LibTorchEnvironment
{
    /// <summary>Makes the settings.</summary>
    public static void Prepare()
    {
        if (!NativeLibrary.TryLoad("libc.so.6", out nint library) || !NativeLibrary.TryGetExport(library, "setenv", out nint function))
        {
            return;
        }

        delegate* unmanaged<nint, nint, int, int> set = (delegate* unmanaged<nint, nint, int, int>)function;

        // By default a thread polls some milliseconds before it sleeps, and starves reading threads and other programs on few
        // cores: tests beside other work took 2.5 times as long. This is long enough for operators that follow closely.
        if (Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is null)
        {
            Set(set, "GOMP_SPINCOUNT", "10000");
        }

        // Pages of 2 MB under large tensors on the CPU: pictures come and go with every frame, and two fifths of the processor
        // time of a small network's upscaling went into fresh pages of 4 kB.
        Set(set, "THP_MEM_ALLOC_ENABLE", "1");
    }

    // .NET's own variables do not reach native code
    private static void Set(delegate* unmanaged<nint, nint, int, int> set, string name, string value)
    {
        nint nameText = Marshal.StringToCoTaskMemUTF8(name);
        nint valueText = Marshal.StringToCoTaskMemUTF8(value);
        _ = set(nameText, valueText, 0);        // 0: not when it is set
        Marshal.FreeCoTaskMem(nameText);
        Marshal.FreeCoTaskMem(valueText);
    }
}
