using System.Runtime.InteropServices;
using Vsr.Interop;

namespace Vsr.Video.Tests;

public class NativeExportsTests
{
    [Fact]
    public void A_function_is_found_again_where_it_was_and_a_missing_one_is_named()
    {
        nint library = NativeLibrary.Load("libc.so.6");
        NativeExports exports = new(library);
        nint expected = NativeLibrary.GetExport(library, "getpid");
        Assert.Equal([expected, expected], [exports.Find("getpid"), exports.Find("getpid")]);
        Assert.NotEqual(expected, exports.Find("getppid"));
        Assert.Contains("no_such_function", Assert.Throws<EntryPointNotFoundException>(() => exports.Find("no_such_function")).Message);
    }
}
