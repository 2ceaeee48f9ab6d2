using Vsr.Interop.Cuda;
using Vsr.Interop.Nvrtc;
using Vsr.Tests;

namespace Vsr.Video.Tests.Gpu;

/// <summary>NVRTC and the driver themselves: what is compiled, kept, refused and loaded again.</summary>
[Trait("Category", "Gpu")]
public sealed class KernelCompilationGpuTests(ITestOutputHelper output) : IDisposable
{
    private readonly TestGpu _gpu = TestGpu.Require();
    private readonly TemporaryFolder _cache = new();

    public void Dispose()
    {
        _gpu.Dispose();
        _cache.Dispose();
    }

    [Fact]
    public void Every_variant_compiles_and_loads()
    {
        NvrtcLibrary compiler = NvrtcLibrary.Load(TestGpu.CompilerFolders);
        using SurfaceConverter converter = Converter();
        long started = TimeProvider.System.GetTimestamp();
        List<string> failures = [];
        int count = 0;
        foreach (SurfaceFormat format in Enum.GetValues<SurfaceFormat>())
        {
            foreach (SampleColor channels in Enum.GetValues<SampleColor>())
            {
                foreach (SampleType type in Enum.GetValues<SampleType>())
                {
                    count++;
                    Exception? failure = Record.Exception(() => converter.Prepare(format, channels, type));
                    if (failure is not null)
                    {
                        failures.Add($"{format} {channels} {type}: {failure.Message} "
                            + $"{((failure.InnerException as NvrtcException)?.Log ?? "")}");
                    }
                }
            }
        }

        double milliseconds = TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
        output.WriteLine($"NVRTC {compiler.Version}, {CudaDriver.Instance.Architecture(0)}: {count} combinations, "
            + $"{converter.Compilations} kernels compiled in {milliseconds:0} ms; "
            + $"kept {new DirectoryInfo(_cache.Path).EnumerateFiles().Sum(file => file.Length)} bytes");
        Assert.True(failures.Count == 0, $"{failures.Count} of {count}:\n{string.Join('\n', failures.Take(8))}");
    }

    [Fact]
    public void A_kept_kernel_is_not_compiled_again_and_a_damaged_or_refused_one_is()
    {
        Assert.Equal(1, Prepare());
        Assert.Equal(0, Prepare());
        string kept = Assert.Single(Directory.GetFiles(_cache.Path));

        byte[] file = File.ReadAllBytes(kept);
        file[^100] ^= 0x40;
        File.WriteAllBytes(kept, file);
        Assert.Equal(1, Prepare());
        Assert.Equal(0, Prepare());

        // Whole as a file, and no cubin: the driver refuses it.
        byte[] text = new byte[5000];
        "this is no cubin"u8.CopyTo(text);
        new KernelCache(_cache.Path).Keep(Path.GetFileName(kept), text);
        Assert.Equal(1, Prepare());
        Assert.Equal(0, Prepare());
    }

    [Fact]
    public void A_program_that_does_not_compile_shows_the_compilers_words()
    {
        NvrtcLibrary compiler = NvrtcLibrary.Load(TestGpu.CompilerFolders);
        NvrtcException failure = Assert.Throws<NvrtcException>(() => compiler.Compile(
            "extern \"C\" __global__ void wrong(int *p)\n{\n    *p = nothing_of_that_name;\n}\n", "wrong.cu",
            [$"--gpu-architecture={CudaDriver.Instance.Architecture(0)}"]));
        Assert.Contains("nothing_of_that_name", failure.Log);
        Assert.Contains("wrong.cu", failure.Message);
    }

    [Fact]
    public void An_architecture_that_the_compiler_does_not_know_is_one_clear_line()
    {
        KernelCompiler compiler = new(TestGpu.CompilerFolders, new KernelCache(null));
        VsrException failure = Assert.Throws<VsrException>(
            () => compiler.Compile(new KernelVariant(1, 1, 3, SampleType.UInt8), "sm_999", anew: false, out _));
        output.WriteLine(failure.Message);
        Assert.Contains("sm_999", failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public void A_disposed_converter_says_so()
    {
        SurfaceConverter converter = Converter();
        converter.Prepare(SurfaceFormat.Nv12, SampleColor.Rgb, SampleType.Float32);
        converter.Dispose();
        converter.Dispose();
        Assert.Throws<ObjectDisposedException>(() => converter.Prepare(SurfaceFormat.Nv12, SampleColor.Rgb, SampleType.Float32));
    }

    private SurfaceConverter Converter() => new(0, TestGpu.CompilerFolders, _cache.Path);

    private int Prepare()
    {
        using SurfaceConverter converter = Converter();
        converter.Prepare(SurfaceFormat.Nv12, SampleColor.Rgb, SampleType.Float32);
        return converter.Compilations;
    }
}
