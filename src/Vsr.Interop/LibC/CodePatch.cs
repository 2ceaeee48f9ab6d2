using System.Runtime.InteropServices;

namespace Vsr.Interop.LibC;

/// <summary>Redirects a function of a loaded library, on Linux x64.</summary>
internal static unsafe partial class CodePatch
{
    private const int Read = 1;
    private const int Write = 2;
    private const int Execute = 4;

    /// <summary>The bytes that a redirection takes.</summary>
    public const int Length = 13;

    /// <summary>Makes every call of a function go to another one of the same signature.</summary>
    /// <param name="function">Its first instruction; at least <see cref="Length"/> bytes long, and not running on any thread.</param>
    /// <param name="target">Where calls go from now on.</param>
    /// <returns>False where the system does not let code be changed.</returns>
    public static bool Redirect(nint function, nint target)
    {
        nint page = Environment.SystemPageSize;
        nint start = function & -page;
        nuint length = (nuint)(((function + Length + page - 1) & -page) - start);
        if (Protect(start, length, Read | Write | Execute) != 0)
        {
            return false;
        }

        byte* code = (byte*)function;
        (code[0], code[1]) = (0x49, 0xBB);                      // mov r11, target
        *(long*)(code + 2) = target;
        (code[10], code[11], code[12]) = (0x41, 0xFF, 0xE3);    // jmp r11
        _ = Protect(start, length, Read | Execute);
        return true;
    }

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nuint length, int protection);
}
