using System.Runtime.InteropServices;
using System.Text;

namespace Vsr.Interop.Nvrtc;

/// <summary>NVIDIA's runtime compiler (libnvrtc): CUDA C++ source to machine code of one GPU architecture. Safe from any thread.</summary>
internal sealed unsafe class NvrtcLibrary
{
    private readonly nint _library;

    private NvrtcLibrary(nint library)
    {
        _library = library;
        int major, minor;
        Check(((delegate* unmanaged<int*, int*, int>)Find("nvrtcVersion"))(&major, &minor), "nvrtcVersion");
        Version = new Version(major, minor);
    }

    /// <summary>The compiler's version: 13.0.</summary>
    public Version Version { get; }

    /// <summary>Loads the compiler.</summary>
    /// <param name="folders">Folders to look in beside the loader's own.</param>
    /// <exception cref="NvrtcException">There is none, with what was tried.</exception>
    public static NvrtcLibrary Load(IEnumerable<string> folders)
    {
        List<string> attempts = [];
        nint library = NvrtcFiles.Load(folders, attempts);
        if (library == 0)
        {
            throw new NvrtcException($"NVIDIA's runtime compiler (libnvrtc.so.13 or .12) was not found; tried {string.Join("; ", attempts)}");
        }

        try
        {
            return new NvrtcLibrary(library);
        }
        catch (EntryPointNotFoundException missing)
        {
            throw new NvrtcException($"{attempts[^1]}, but it is no NVRTC of CUDA 12 or 13: {missing.Message}", missing);
        }
    }

    /// <summary>Compiles a program of one file that includes nothing.</summary>
    /// <param name="source">CUDA C++.</param>
    /// <param name="name">The program's name in messages.</param>
    /// <param name="options">Such as "--gpu-architecture=sm_90", which decides that machine code comes out.</param>
    /// <returns>The cubin.</returns>
    /// <exception cref="NvrtcException">The program or an option is wrong, with the compiler's words.</exception>
    public byte[] Compile(string source, string name, IReadOnlyList<string> options)
    {
        nint program;
        fixed (byte* text = Text(source), title = Text(name))
        {
            Check(((delegate* unmanaged<nint*, byte*, byte*, int, byte**, byte**, int>)Find("nvrtcCreateProgram"))(
                &program, text, title, 0, null, null), "nvrtcCreateProgram");
        }

        try
        {
            int result = Compile(program, options);
            if (result != 0)
            {
                string log = Log(program);
                throw new NvrtcException($"NVRTC {Version} does not compile {name} with {string.Join(' ', options)} "
                    + $"({ErrorName(result)}): {log.Trim().Split('\n')[0]}")
                {
                    Log = log,
                };
            }

            nuint size;
            Check(((delegate* unmanaged<nint, nuint*, int>)Find("nvrtcGetCUBINSize"))(program, &size), "nvrtcGetCUBINSize");
            byte[] image = new byte[size];
            fixed (byte* data = image)
            {
                Check(((delegate* unmanaged<nint, byte*, int>)Find("nvrtcGetCUBIN"))(program, data), "nvrtcGetCUBIN");
            }

            return image;
        }
        finally
        {
            _ = ((delegate* unmanaged<nint*, int>)Find("nvrtcDestroyProgram"))(&program);
        }
    }

    private int Compile(nint program, IReadOnlyList<string> options)
    {
        byte** pointers = stackalloc byte*[options.Count];
        try
        {
            for (int i = 0; i < options.Count; i++)
            {
                pointers[i] = (byte*)Marshal.StringToCoTaskMemUTF8(options[i]);
            }

            return ((delegate* unmanaged<nint, int, byte**, int>)Find("nvrtcCompileProgram"))(program, options.Count, pointers);
        }
        finally
        {
            for (int i = 0; i < options.Count; i++)
            {
                Marshal.FreeCoTaskMem((nint)pointers[i]);
            }
        }
    }

    private string Log(nint program)
    {
        nuint size;
        if (((delegate* unmanaged<nint, nuint*, int>)Find("nvrtcGetProgramLogSize"))(program, &size) != 0 || size < 2)
        {
            return "";
        }

        byte[] log = new byte[size];
        fixed (byte* data = log)
        {
            _ = ((delegate* unmanaged<nint, byte*, int>)Find("nvrtcGetProgramLog"))(program, data);
        }

        return Encoding.UTF8.GetString(log).TrimEnd('\0');
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text + '\0');

    private nint Find(string symbol) => NativeLibrary.GetExport(_library, symbol);

    private void Check(int result, string call)
    {
        if (result != 0)
        {
            throw new NvrtcException($"{call} failed: {ErrorName(result)}");
        }
    }

    private string ErrorName(int result) => Marshal.PtrToStringUTF8(
        (nint)((delegate* unmanaged<int, byte*>)Find("nvrtcGetErrorString"))(result)) ?? $"error {result}";
}
