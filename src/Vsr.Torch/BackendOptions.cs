using TorchSharp;

namespace Vsr.Torch;

/// <summary>Which libtorch to load and on which device to compute.</summary>
public sealed record BackendOptions
{
    /// <summary>"auto" (a GPU if there is one, else the CPU), "cpu", "cuda" or "cuda:N". Default: "auto".</summary>
    public string Device { get; init; } = "auto";

    /// <summary>
    /// The folder of the libtorch to load: a PyTorch's torch or torch/lib folder, or an unpacked libtorch.
    /// Default: the environment variable VSR_LIBTORCH, else what <see cref="Backend.Load"/> finds.
    /// </summary>
    public string? LibTorchDirectory { get; init; }

    /// <summary>Threads inside an operator on the CPU, 1 to 1024. Default: libtorch's choice, the number of cores.</summary>
    public int? Threads { get; init; }

    /// <summary>Takes a line, once each, when something runs without a part that the loaded libtorch lacks. Default: none.</summary>
    public Action<string>? Log { get; init; }

    internal DeviceType? RequiredType => Device switch
    {
        "auto" => null,
        "cpu" => DeviceType.CPU,
        _ => DeviceType.CUDA,
    };

    internal int DeviceIndex => Device.StartsWith("cuda:", StringComparison.Ordinal) ? int.Parse(Device.AsSpan(5)) : 0;

    /// <summary>Checks that the values make sense, before anything is loaded.</summary>
    /// <exception cref="ArgumentException">An unknown device.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of threads below 1 or above 1024.</exception>
    public void Validate()
    {
        bool known = Device is "auto" or "cpu" or "cuda" ||
            (Device.StartsWith("cuda:", StringComparison.Ordinal) && byte.TryParse(Device.AsSpan(5), out _));
        if (!known)
        {
            throw new ArgumentException($"device '{Device}' is unknown; use auto, cpu, cuda or cuda:N (N = 0 for the first GPU)");
        }

        if (Threads is < 1 or > 1024)
        {
            throw new ArgumentOutOfRangeException(
                nameof(Threads), Threads, $"{Threads} threads are outside 1 to 1024; leave the option out for one a core");
        }
    }
}
