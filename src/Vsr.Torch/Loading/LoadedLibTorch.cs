using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;
using Vsr.Interop.Cuda;
using Vsr.Interop.LibTorch;
using Vsr.Torch.Bridge;

namespace Vsr.Torch.Loading;

/// <summary>The one libtorch of the process, and why this one.</summary>
internal sealed class LoadedLibTorch
{
    private static readonly Lock Gate = new();

    // a process has one libtorch, whoever asks: the only state of this assembly that outlives its users
    private static LoadedLibTorch? _loaded;

    private bool? _cudaWorks;
    private bool _noted;

    private LoadedLibTorch(LibTorchCandidate candidate, LibTorchModules modules, List<string> attempts, Action<string>? log)
    {
        Modules = modules;
        Bridge = new LibTorchBridge(modules, log);
        Origin = candidate.Origin;
        Attempts = attempts;
        Version = candidate.Version ?? "unknown";
    }

    /// <summary>The libtorch that is loaded.</summary>
    /// <exception cref="InvalidOperationException">None is.</exception>
    public static LoadedLibTorch Current =>
        CurrentOrNull ?? throw new InvalidOperationException("libtorch is not loaded; call Backend.Load first");

    /// <summary>The libtorch that is loaded; null while none is.</summary>
    public static LoadedLibTorch? CurrentOrNull => Volatile.Read(ref _loaded);

    public LibTorchModules Modules { get; }

    public LibTorchBridge Bridge { get; }

    public string Origin { get; }

    public string Version { get; }

    public List<string> Attempts { get; }

    /// <summary>Why there is no GPU to compute on; null when there is one.</summary>
    public string? CudaProblem { get; private set; }

    public static LoadedLibTorch Get(BackendOptions options)
    {
        lock (Gate)
        {
            if (_loaded is not null)
            {
                RefuseAnother(_loaded, options.LibTorchDirectory);
                return _loaded;
            }

            return _loaded = LoadFirst(options);
        }
    }

    /// <summary>The device that the options mean.</summary>
    public torch.Device Choose(BackendOptions options)
    {
        lock (Gate)
        {
            if (options.Threads is { } threads)
            {
                torch.set_num_threads(threads);
            }

            if (options.RequiredType == DeviceType.CPU)
            {
                return torch.CPU;
            }

            if (StartCuda())
            {
                CheckIndex(options);
                return new torch.Device(DeviceType.CUDA, options.DeviceIndex);
            }

            if (options.RequiredType is not null)
            {
                throw NoGpu(options.Device, CudaProblem, Attempts);
            }

            NoteUnusedGpu(options);
            return torch.CPU;
        }
    }

    private static LoadedLibTorch LoadFirst(BackendOptions options)
    {
        List<string> attempts = [];
        string? problem = CudaDriver.Instance.Problem;
        bool mustHaveCuda = options.RequiredType == DeviceType.CUDA;
        if (mustHaveCuda && problem is not null)
        {
            throw NoGpu(options.Device, problem, attempts);
        }

        bool wantsCuda = options.RequiredType != DeviceType.CPU && problem is null;
        IEnumerable<LibTorchCandidate> candidates = new LibTorchSearch(attempts).Candidates(options.LibTorchDirectory, wantsCuda);
        if (wantsCuda)
        {
            candidates = candidates.ToList().OrderBy(candidate => candidate.HasCuda ? 0 : 1);
        }

        foreach (LibTorchCandidate candidate in candidates)
        {
            string? refusal = candidate.Problem ?? (mustHaveCuda && !candidate.HasCuda ? "it is a build for the CPU" : null);
            if (refusal is null)
            {
                refusal = TryLoad(candidate, attempts, options.Log, out LoadedLibTorch? loaded);
                if (loaded is not null)
                {
                    return loaded;
                }
            }

            attempts.Add($"{candidate}: {refusal}");
        }

        throw mustHaveCuda
            ? NoGpu(options.Device, "there is a GPU, but no PyTorch for it", attempts)
            : new BackendException($"no libtorch could be loaded; tried {string.Join("; ", attempts)}")
            {
                Hint = "build with 'dotnet build', which fetches libtorch-cpu-linux-x64 2.10.0, or name a folder with --libtorch",
                Attempts = attempts,
            };
    }

    private static string? TryLoad(
        LibTorchCandidate candidate, List<string> attempts, Action<string>? log, out LoadedLibTorch? loaded)
    {
        loaded = null;
        bool started = false;
        try
        {
            LibTorchModules modules = LibTorchLoader.Load(candidate.Directory, out started);
            loaded = new(candidate, modules, attempts, log);
            loaded.StartTorchSharp();
            attempts.Add($"{candidate}: loaded");
            return null;
        }
        catch (DllNotFoundException refused) when (!started)
        {
            return refused.Message.Split('\n')[0];
        }
        catch (DllNotFoundException refused)
        {
            string reason = refused.Message.Split('\n')[0];
            throw new BackendException($"{candidate} could be loaded in part only: {reason}", refused)
            {
                Hint = "name another libtorch with --libtorch, or run with --device cpu",
                Attempts = [.. attempts, $"{candidate}: {reason}"],
            };
        }
    }

    private void StartTorchSharp()
    {
        nint shim = TorchSharpShim.Load(Attempts);
        Bridge.NoteLifetimeOfNumbers(ScalarLifetime.Keep(shim));
        Assembly torchSharp = typeof(torch).Assembly;
        NativeLibrary.SetDllImportResolver(torchSharp, (name, _, _) => name == "LibTorchSharp" ? shim : 0);
        torch.InitializeDeviceType(DeviceType.CPU);
    }

    private bool StartCuda()
    {
        if (_cudaWorks is null)
        {
            CudaProblem = CudaDriver.Instance.Problem ?? (Modules.HasCuda ? null : $"the loaded libtorch ({Origin}) is a build for the CPU");
            if (CudaProblem is null)
            {
                TryStartCuda();
            }

            _cudaWorks = CudaProblem is null;
        }

        return _cudaWorks.Value;
    }

    private void TryStartCuda()
    {
        try
        {
            torch.InitializeDeviceType(DeviceType.CUDA);
            CudaProblem = torch.cuda.is_available() ? null : "libtorch finds no GPU that it can use";
            torch.backends.cuda.matmul.allow_tf32 = false;
            torch.backends.cudnn.allow_tf32 = true;
        }
        catch (Exception failure) when (failure is NotSupportedException or ExternalException or DllNotFoundException)
        {
            CudaProblem = failure.Message.Split('\n')[0];
        }

        Attempts.Add($"GPU: {CudaProblem ?? "started"}");
    }

    private void NoteUnusedGpu(BackendOptions options)
    {
        if (CudaDriver.Instance.Problem is null && !_noted)
        {
            _noted = true;
            options.Log?.Invoke($"there is a GPU, and the CPU is used: {CudaProblem} (see 'vsr doctor')");
        }
    }

    private static void CheckIndex(BackendOptions options)
    {
        int count = CudaDriver.Instance.DeviceCount;
        if (options.DeviceIndex >= count)
        {
            throw new BackendException($"device '{options.Device}' was asked for, and there are {count} GPUs: use cuda:0 to cuda:{count - 1}");
        }
    }

    private static void RefuseAnother(LoadedLibTorch loaded, string? directory)
    {
        if (directory is not null && LibTorchCandidate.At(directory, "").Directory != loaded.Modules.Directory)
        {
            throw new InvalidOperationException(
                $"libtorch {loaded.Version} from {loaded.Modules.Directory} is loaded and cannot be exchanged for {directory}; start another process");
        }
    }

    private static BackendException NoGpu(string device, string? reason, List<string> attempts) =>
        new($"device '{device}' was asked for, but {reason}{(attempts.Count == 0 ? "" : $"; tried {string.Join("; ", attempts)}")}")
        {
            Hint = "run with --device cpu, or see 'vsr doctor' for what a GPU needs",
            Attempts = attempts,
        };
}
