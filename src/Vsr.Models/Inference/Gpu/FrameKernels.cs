using System.Reflection;
using Vsr.Torch;
using Vsr.Torch.Loading;
using static TorchSharp.torch;

namespace Vsr.Models.Gpu;

/// <summary>The kernels of recurrent_frame.cu: parts of a frame of the recurrent network in bfloat16.</summary>
internal static class FrameKernels
{
    /// <summary>What is done without kernels.</summary>
    public const string Instead = "frames are warped and enlarged by several operators";

    /// <summary>The program.</summary>
    public static KernelProgram Program { get; } = new(Assembly.GetExecutingAssembly(), "recurrent_frame.cu");

    /// <summary>Why there are no kernels on a device; null where there are.</summary>
    public static string? ProblemOn(Device device) => Program.ProblemOn(device);

    /// <summary>Whether two tensors are on one device.</summary>
    public static bool AreTogether(Tensor a, Tensor b) => a.device_type == b.device_type && a.device_index == b.device_index;

    /// <summary>Whether a GPU has them; notes once why not. Compiles them at the first call.</summary>
    public static bool CanLaunchOn(Device device)
    {
        if (Program.ProblemOn(device) is not { } problem)
        {
            return true;
        }

        LoadedLibTorch.Current.Bridge.Note($"{Instead}: {problem}");
        return false;
    }
}
