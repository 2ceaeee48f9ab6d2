using TorchSharp;
using Vsr.Interop.LibTorch;
using Vsr.Torch.Loading;

namespace Vsr.Torch;

/// <summary>
/// Lets convolutions and matrix products compute in a narrower type, on the calling thread, until disposed (PyTorch's autocast).
/// </summary>
/// <remarks>
/// Dispose on the thread that created it; never across an await. Without autocast in the loaded libtorch nothing changes and
/// <see cref="IsActive"/> is false. While a CUDA graph is captured, leave the cache of converted weights off.
/// </remarks>
public sealed class AutocastScope : IDisposable
{
    private readonly AutocastApi? _api;
    private readonly int _deviceType;
    private readonly bool _enabledBefore;
    private readonly int _dtypeBefore;
    private readonly bool _cacheBefore;
    private bool _disposed;

    /// <summary>Switches autocast on.</summary>
    /// <param name="device">The kind of device that it holds for.</param>
    /// <param name="type">The narrower type. Default: bfloat16.</param>
    /// <param name="cacheWeights">Whether converted weights are kept until the outermost scope ends.</param>
    public AutocastScope(torch.Device device, torch.ScalarType type = torch.ScalarType.BFloat16, bool cacheWeights = true)
    {
        ArgumentNullException.ThrowIfNull(device);
        LoadedLibTorch library = LoadedLibTorch.Current;
        _api = library.Bridge.Autocast;
        _deviceType = (int)device.type;
        if (_api is null)
        {
            library.Bridge.NoteMissing("autocast");
            return;
        }

        _enabledBefore = _api.IsEnabled(_deviceType);
        _dtypeBefore = _api.Dtype(_deviceType);
        _cacheBefore = _api.CacheEnabled;
        _api.SetEnabled(_deviceType, true);
        _api.SetDtype(_deviceType, (int)type);
        _api.CacheEnabled = cacheWeights;
        _api.IncrementNesting();
    }

    /// <summary>Whether the loaded libtorch has autocast.</summary>
    public bool IsActive => _api is not null;

    /// <summary>Restores the thread's state from before.</summary>
    public void Dispose()
    {
        if (_disposed || _api is null)
        {
            return;
        }

        _disposed = true;
        if (_api.DecrementNesting() == 0)
        {
            _api.ClearCache();
        }

        _api.SetEnabled(_deviceType, _enabledBefore);
        _api.SetDtype(_deviceType, _dtypeBefore);
        _api.CacheEnabled = _cacheBefore;
    }
}
