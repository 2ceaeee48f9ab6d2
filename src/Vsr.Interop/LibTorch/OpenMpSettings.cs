using System.Runtime.InteropServices;

namespace Vsr.Interop.LibTorch;

/// <summary>How libtorch's threads wait for the next operator: read by its OpenMP library (libgomp) when that is loaded.</summary>
internal static unsafe class OpenMpSettings
{
    private const string Variable = "GOMP_SPINCOUNT";

    // by default a thread polls some milliseconds before it sleeps, and starves reading threads and other programs on few
    // cores: tests beside other work took 2.5 times as long. This is long enough for operators that follow closely.
    private const string ShortWait = "10000";

    /// <summary>Shortens the wait, unless the user has set how to wait.</summary>
    public static void ShortenWait()
    {
        bool isSet = Environment.GetEnvironmentVariable(Variable) is not null ||
            Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is not null;
        if (isSet || !NativeLibrary.TryLoad("libc.so.6", out nint library) ||
            !NativeLibrary.TryGetExport(library, "setenv", out nint function))
        {
            return;
        }

        // .NET's own variables do not reach native code
        nint name = Marshal.StringToCoTaskMemUTF8(Variable);
        nint value = Marshal.StringToCoTaskMemUTF8(ShortWait);
        _ = ((delegate* unmanaged<nint, nint, int, int>)function)(name, value, 0);
        Marshal.FreeCoTaskMem(name);
        Marshal.FreeCoTaskMem(value);
    }
}
