using System.Reflection;
using Vsr.Interop.Nvrtc;

namespace Vsr.Video;

/// <summary>Compiles the conversion kernel for a GPU's architecture, through a cache on disk.</summary>
/// <param name="compilerFolders">Where NVRTC may be beside the loader's places; enumerated only when it is nowhere else.</param>
/// <param name="cache">Where compiled kernels are kept.</param>
internal sealed class KernelCompiler(IEnumerable<string> compilerFolders, KernelCache cache)
{
    /// <summary>The kernel's name in the compiled image.</summary>
    public const string KernelName = "surface_to_tensor";

    private readonly Lazy<string> _source = new(ReadSource);
    private readonly Lazy<NvrtcLibrary> _compiler = new(() => NvrtcLibrary.Load(compilerFolders), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>A variant's machine code.</summary>
    /// <param name="variant">What it is for.</param>
    /// <param name="architecture">"sm_90".</param>
    /// <param name="anew">True leaves a kept image aside: it was refused.</param>
    /// <param name="wasKept">Whether the image comes from the disk.</param>
    /// <exception cref="DecoderUnavailableException">There is no NVRTC.</exception>
    /// <exception cref="VsrException">NVRTC does not compile for this GPU.</exception>
    public byte[] Compile(KernelVariant variant, string architecture, bool anew, out bool wasKept)
    {
        string[] options = variant.Options(architecture);
        NvrtcLibrary compiler = Compiler();
        string fileName = KernelCache.FileName(KernelName, _source.Value, compiler.Version, options);
        byte[] Run() => compiler.Compile(_source.Value, KernelName + ".cu", options);
        try
        {
            if (!anew)
            {
                return cache.Get(fileName, Run, out wasKept);
            }

            wasKept = false;
            byte[] image = Run();
            cache.Keep(fileName, image);
            return image;
        }
        catch (NvrtcException failure)
        {
            throw new VsrException($"frames cannot be converted on the GPU ({architecture}): {failure.Message}", failure)
            {
                Hint = "a newer GPU needs a newer NVRTC (PyTorch's, or the CUDA toolkit's); --decoder software needs none",
            };
        }
    }

    private NvrtcLibrary Compiler()
    {
        try
        {
            return _compiler.Value;
        }
        catch (NvrtcException missing)
        {
            throw new DecoderUnavailableException($"frames cannot be converted on the GPU: {missing.Message}", missing)
            {
                Hint = "install PyTorch for CUDA or the CUDA toolkit's NVRTC, or use --decoder software",
            };
        }
    }

    private static string ReadSource()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(KernelName + ".cu")
            ?? throw new InvalidOperationException($"{KernelName}.cu is not embedded in the assembly");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
