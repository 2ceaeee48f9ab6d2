using Vsr.Interop.LibTorch;
using Vsr.Tests;
using Vsr.Torch.Loading;

namespace Vsr.Torch.Tests.Loading;

/// <summary>The loader on small libraries that depend on each other as PyTorch's and NVIDIA's do.</summary>
public sealed class LibTorchLoaderTests
{
    [Fact]
    public void Libraries_that_are_missed_are_found_beside_PyTorch()
    {
        using TemporaryFolder folder = new();
        string torch = Directory.CreateDirectory(folder.File("torch/lib")).FullName;
        string maths = Directory.CreateDirectory(folder.File("nvidia/maths/lib")).FullName;
        string transport = Directory.CreateDirectory(folder.File("nvidia/transport/lib")).FullName;
        Compile(folder, Path.Combine(transport, "libvsrtesttransport.so.2"), "int vsr_test_transport(void) { return 2; }");
        Compile(
            folder, Path.Combine(maths, "libvsrtestmaths.so.13"),
            "int vsr_test_transport(void); int vsr_test_maths(void) { return vsr_test_transport() + 1; }",
            Path.Combine(transport, "libvsrtesttransport.so.2"));
        Compile(folder, Path.Combine(torch, "libc10.so"), "int vsr_test_c10(void) { return 1; }");
        Compile(
            folder, Path.Combine(torch, "libtorch_cpu.so"),
            "int vsr_test_maths(void); int vsr_test_cpu(void) { return vsr_test_maths(); }",
            Path.Combine(maths, "libvsrtestmaths.so.13"));

        LibTorchModules modules = LibTorchLoader.Load(torch, out bool started);

        Assert.True(started);
        Assert.False(modules.HasCuda);
        Assert.NotEqual(0, modules.Find("vsr_test_c10"));
        Assert.Equal(3, Call(modules.Find("vsr_test_cpu")));
        Assert.Equal(0, modules.Find("vsr_test_nothing"));
    }

    [Fact]
    public void A_library_that_is_nowhere_is_named()
    {
        using TemporaryFolder folder = new();
        string torch = Directory.CreateDirectory(folder.File("torch/lib")).FullName;
        string lost = folder.File("libvsrtestlost.so.7");
        Compile(folder, lost, "int vsr_test_lost(void) { return 7; }");
        Compile(folder, Path.Combine(torch, "libc10.so"), "int vsr_test_lost(void); int vsr_test(void) { return vsr_test_lost(); }", lost);
        File.Delete(lost);

        DllNotFoundException refused = Assert.Throws<DllNotFoundException>(() => LibTorchLoader.Load(torch, out _));

        Assert.Contains("libvsrtestlost.so.7", refused.Message);
    }

    private static void Compile(TemporaryFolder folder, string library, string code, params string[] needs)
    {
        string source = folder.File(Path.GetFileName(library) + ".c");
        File.WriteAllText(source, code);
        string name = Path.GetFileName(library).StartsWith("libvsr", StringComparison.Ordinal) ? Path.GetFileName(library) : $"vsrtest-{Guid.NewGuid()}";
        OracleProgram.Run("cc", ["-shared", "-fPIC", "-o", library, $"-Wl,-soname,{name}", source, "-Wl,--no-as-needed", .. needs]);
    }

    private static unsafe int Call(nint function) => ((delegate* unmanaged<int>)function)();
}
