using TorchSharp;
using Vsr.Interop.Cudnn;
using Vsr.Torch.Loading;

namespace Vsr.Torch;

/// <summary>The libtorch of this process and the device to compute on.</summary>
/// <remarks>
/// Call <see cref="Load"/> before anything of TorchSharp is used: it decides which libtorch serves the process, and a
/// libtorch cannot be exchanged afterwards. Matrix products keep full float32 precision; cuDNN's convolutions use TF32.
/// </remarks>
public sealed class Backend
{
    internal Backend(LoadedLibTorch library, torch.Device device)
    {
        Library = library;
        Device = device;
    }

    /// <summary>Where tensors and networks live.</summary>
    public torch.Device Device { get; }

    /// <summary>Whether <see cref="Device"/> is a GPU.</summary>
    public bool IsCuda => Device.type == DeviceType.CUDA;

    /// <summary>The version of the loaded libtorch, such as "2.10.0" or "2.11.0+cu130".</summary>
    public string LibTorchVersion => Library.Version;

    /// <summary>The folder of libtorch_cpu.so.</summary>
    public string LibTorchDirectory => Library.Modules.Directory;

    /// <summary>Where the libtorch comes from: "NuGet package", "python3", "VSR_LIBTORCH" or "--libtorch".</summary>
    public string Origin => Library.Origin;

    /// <summary>What was tried while loading, in order, each with its outcome.</summary>
    public IReadOnlyList<string> Attempts => Library.Attempts;

    /// <summary>Why there is no GPU to compute on; null when there is one, or when nobody asked.</summary>
    public string? CudaProblem => Library.CudaProblem;

    /// <summary>The parts of libtorch that are used beside TorchSharp, and whether they are there.</summary>
    public IReadOnlyList<BridgePiece> Bridge => Library.Bridge.Pieces;

    /// <summary>The names of the parts that are not there.</summary>
    public IReadOnlyList<string> Missing => Library.Bridge.Pieces.Where(piece => !piece.IsThere).Select(piece => piece.Name).ToList();

    internal LoadedLibTorch Library { get; }

    /// <summary>The same parts as <see cref="Bridge"/>, and on a GPU those that are otherwise only looked for when they are first used. Takes a moment.</summary>
    internal IReadOnlyList<BridgePiece> Probe() => !IsCuda ? Bridge :
    [
        .. Bridge,
        Found("cuDNN 9's sums", CudnnLibrary.Instance is null ? "libcudnn.so.9 was not found" : null, "convolutions are added to what is there afterwards"),
        Found("kernels for training", HalfArithmetic.ProblemOn(Device), "the gradients of weights are computed frame by frame"),
    ];

    /// <summary>Loads libtorch, once a process, and chooses the device.</summary>
    /// <remarks>
    /// A later call returns the same libtorch, on the device that it asks for. Safe from any thread.
    /// </remarks>
    /// <exception cref="BackendException">No libtorch can be loaded, or a GPU was asked for and is not there.</exception>
    /// <exception cref="ArgumentException">Options that make no sense.</exception>
    /// <exception cref="InvalidOperationException">Another libtorch is loaded already.</exception>
    public static Backend Load(BackendOptions? options = null)
    {
        options ??= new BackendOptions();
        options.Validate();
        LoadedLibTorch library = LoadedLibTorch.Get(options);
        return new Backend(library, library.Choose(options));
    }

    private static BridgePiece Found(string name, string? problem, string instead) =>
        new(name, problem is null, problem is null ? [] : [problem], instead);
}
