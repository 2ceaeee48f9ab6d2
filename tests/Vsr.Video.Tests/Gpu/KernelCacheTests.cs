using Vsr.Interop.Nvrtc;
using Vsr.Tests;

namespace Vsr.Video.Tests.Gpu;

/// <summary>Compiled kernels on disk: found again for the same source, compiler and options only, never trusted when damaged.</summary>
public class KernelCacheTests
{
    private static readonly byte[] Image = [.. Enumerable.Range(0, 400).Select(i => (byte)(i * 7))];

    [Fact]
    public void A_kernel_is_compiled_once_and_found_again_by_another_process_s_cache()
    {
        using TemporaryFolder folder = new();
        int compiled = 0;
        byte[] Compile()
        {
            compiled++;
            return Image;
        }

        Assert.Equal(Image, new KernelCache(folder.File("made/when/needed")).Get("a.cubin", Compile, out bool wasKept));
        Assert.False(wasKept);
        Assert.Equal(Image, new KernelCache(folder.File("made/when/needed")).Get("a.cubin", Compile, out wasKept));
        Assert.True(wasKept);
        Assert.Equal(1, compiled);
        Assert.Single(Directory.GetFileSystemEntries(folder.File("made/when/needed")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    [InlineData(200)]
    [InlineData(-1)]
    public void A_damaged_file_is_compiled_anew_and_replaced(int position)
    {
        using TemporaryFolder folder = new();
        KernelCache cache = new(folder.Path);
        cache.Keep("a.cubin", Image);
        byte[] whole = File.ReadAllBytes(folder.File("a.cubin"));
        byte[] damaged = [.. whole];
        damaged[position < 0 ? ^1 : position] ^= 1;
        byte[][] bad = [damaged, whole[..^1], whole[..10], [], [.. whole, 0]];
        foreach (byte[] file in bad)
        {
            File.WriteAllBytes(folder.File("a.cubin"), file);
            Assert.Equal(Image, cache.Get("a.cubin", () => Image, out bool wasKept));
            Assert.False(wasKept);
            Assert.Equal(whole, File.ReadAllBytes(folder.File("a.cubin")));
        }
    }

    [Fact]
    public void A_folder_that_cannot_be_written_or_is_not_there_is_only_slower()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("taken"), "a file where the folder should be");
        foreach (string? place in new[] { folder.File("taken"), null })
        {
            Assert.Equal(Image, new KernelCache(place).Get("a.cubin", () => Image, out bool wasKept));
            Assert.False(wasKept);
        }
    }

    [Fact]
    public void Source_compiler_options_and_variant_each_make_another_file()
    {
        string[] options = new KernelVariant(1, 1, 3, SampleType.Float32).Options("sm_90");
        Version compiler = new(13, 0);
        string[] names =
        [
            KernelCache.FileName("k", "source", compiler, options),
            KernelCache.FileName("k", "source ", compiler, options),
            KernelCache.FileName("k", "source", new Version(12, 8), options),
            KernelCache.FileName("k", "source", compiler, new KernelVariant(1, 1, 3, SampleType.Float32).Options("sm_100")),
            KernelCache.FileName("k", "source", compiler, new KernelVariant(2, 1, 3, SampleType.Float32).Options("sm_90")),
            KernelCache.FileName("k", "source", compiler, new KernelVariant(1, 2, 3, SampleType.Float32).Options("sm_90")),
            KernelCache.FileName("k", "source", compiler, new KernelVariant(1, 1, 1, SampleType.Float32).Options("sm_90")),
            KernelCache.FileName("k", "source", compiler, new KernelVariant(1, 1, 3, SampleType.UInt8).Options("sm_90")),
        ];
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.Equal(names[0], KernelCache.FileName("k", "source", new Version(13, 0), [.. options]));
    }

    [Fact]
    public void Compilers_that_the_process_has_loaded_are_recognised()
    {
        string[] mapped =
        [
            "/usr/lib/libc.so.6", "/a/nvidia/cu13/lib/libnvrtc.so.13", "/a/nvidia/cu13/lib/libnvrtc-builtins.so.13.0",
            "/a/nvidia/cu13/lib/libnvrtc.alt.so.13", "/torch/lib/libnvrtc-1e8f0b2c.so.12", "/a/nvidia/cu13/lib/libnvrtc.so.13",
        ];
        Assert.Equal(["/a/nvidia/cu13/lib/libnvrtc.so.13", "/torch/lib/libnvrtc-1e8f0b2c.so.12"], NvrtcFiles.LoadedFiles(mapped));
    }

    [Fact]
    public void Without_a_compiler_one_line_says_what_was_tried()
    {
        using TemporaryFolder folder = new();
        Assert.SkipWhen(NvrtcFiles.Load([], []) != 0, "NVRTC is on this machine");
        File.WriteAllText(folder.File("libnvrtc.so.12"), "no library");
        KernelCompiler compiler = new([folder.Path], new KernelCache(null));
        DecoderUnavailableException failure = Assert.Throws<DecoderUnavailableException>(
            () => compiler.Compile(new KernelVariant(1, 1, 3, SampleType.Float32), "sm_90", anew: false, out _));
        Assert.Contains("frames cannot be converted on the GPU", failure.Message);
        Assert.Contains($"{folder.File("libnvrtc.so.12")}: not loaded", failure.Message);
        Assert.Contains("libnvrtc.so.13: not loaded", failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Contains("--decoder software", failure.Hint);
    }
}
