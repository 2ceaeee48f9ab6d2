using System.Globalization;
using Vsr.Interop.Cuda;
using Vsr.Interop.Nvml;
using Vsr.Torch;

namespace Vsr.Cli.Bench;

/// <summary>Looks a few times a second at the process's memory and the GPU's decoder engines, on a thread of its own.</summary>
internal sealed class ProcessWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly NvmlLibrary? _nvml;
    private readonly nint? _gpu;
    private readonly ManualResetEventSlim _stop = new();
    private readonly Lock _engines = new();
    private readonly Thread _thread;
    private long _engineSum;
    private int _engineCount;

    /// <summary>Begins to look.</summary>
    public ProcessWatch(Backend backend)
    {
        _nvml = backend.IsCuda ? NvmlLibrary.Instance : null;
        _gpu = _nvml is not null && CudaDriver.Instance.Uuid(BenchMachine.IndexOf(backend)) is { } uuid ? _nvml.Find(uuid) : null;
        Look();
        _thread = new Thread(Watch) { IsBackground = true, Name = "vsr bench watch" };
        _thread.Start();
    }

    /// <summary>Peak of resident memory, in MiB; null where the system does not tell.</summary>
    public double? PeakRssMib { get; private set; }

    /// <summary>Peak of resident memory that is no file's, in MiB; null where the system does not tell.</summary>
    public double? PeakAnonMib { get; private set; }

    /// <summary>Mean use of the decoder engines; null where the driver does not tell.</summary>
    public double? EnginePercent => _engineCount == 0 ? null : _engineSum / (double)_engineCount;

    /// <summary>Begins the mean of the engines' use anew; peaks of memory stay.</summary>
    public void BeginEngines()
    {
        lock (_engines)
        {
            (_engineSum, _engineCount) = (0, 0);
        }
    }

    /// <summary>Looks a last time and ends; the figures stay.</summary>
    public void Dispose()
    {
        if (!_stop.IsSet)
        {
            _stop.Set();
            _thread.Join();
            Look();
        }
    }

    /// <summary>The value of a line such as "RssAnon:	  1024 kB" in MiB; null for other lines.</summary>
    internal static double? ReadMib(string line, string key) =>
        line.StartsWith(key, StringComparison.Ordinal) && line.AsSpan().TrimEnd().EndsWith("kB")
            && long.TryParse(line.AsSpan(key.Length).Trim()[..^2], NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out long kibibytes)
            ? kibibytes / 1024.0
            : null;

    private void Watch()
    {
        while (!_stop.Wait(Interval))
        {
            Look();
        }
    }

    private void Look()
    {
        const string path = "/proc/self/status";
        if (File.Exists(path))
        {
            foreach (string line in File.ReadLines(path))
            {
                PeakRssMib = Larger(PeakRssMib, ReadMib(line, "VmRSS:"));
                PeakAnonMib = Larger(PeakAnonMib, ReadMib(line, "RssAnon:"));
            }
        }

        if (_gpu is { } gpu && _nvml!.DecoderPercent(gpu) is { } percent)
        {
            lock (_engines)
            {
                _engineSum += percent;
                _engineCount++;
            }
        }
    }

    private static double? Larger(double? kept, double? seen) => seen is null || kept >= seen ? kept : seen;
}
