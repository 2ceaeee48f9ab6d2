using Vsr.Torch.Loading;

namespace Vsr.Torch.Tests.Loading;

public sealed class SymbolVersionPatchTests
{
    private readonly byte[] _library = File.ReadAllBytes(
        Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so"));

    [Fact]
    public void One_flag_of_one_entry_changes()
    {
        byte[]? patched = SymbolVersionPatch.MakeOptional(_library, "GLIBCXX_3.4.32");

        Assert.NotNull(patched);
        Assert.Equal(_library.Length, patched.Length);
        int[] changed = Enumerable.Range(0, patched.Length).Where(i => patched[i] != _library[i]).ToArray();
        Assert.Single(changed);
        Assert.Equal(_library[changed[0]] | 2, patched[changed[0]]);
    }

    [Fact]
    public void A_version_that_other_symbols_need_stays()
    {
        Assert.Null(SymbolVersionPatch.MakeOptional(_library, "GLIBCXX_3.4.11"));
        Assert.Null(SymbolVersionPatch.MakeOptional(_library, "GLIBCXX_9.9.99"));
    }

    [Fact]
    public void What_is_no_library_is_left_alone()
    {
        Assert.Null(SymbolVersionPatch.MakeOptional(new byte[10], "GLIBCXX_3.4.32"));
        Assert.Null(SymbolVersionPatch.MakeOptional(new byte[4096], "GLIBCXX_3.4.32"));
    }
}
