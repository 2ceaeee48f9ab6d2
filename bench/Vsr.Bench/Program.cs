using System.Globalization;
using System.Runtime.InteropServices;
using Vsr;
using Vsr.Bench;
using Vsr.Data;
using Vsr.Models;
using Vsr.Torch;

// Milliseconds a frame: the median after a warm-up, by the device's own clock; or a loader beside work that fills the GPU.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
BenchOptions options;
Backend backend;
try
{
    options = BenchOptions.Parse(args);
    backend = Backend.Load(new BackendOptions { Device = options.Device });
}
catch (ArgumentException wrong)
{
    Console.Error.WriteLine($"{wrong.Message}\n{BenchOptions.Usage}");
    return 2;
}
catch (VsrException failure)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}

Console.WriteLine(Machine.Describe(backend));
CudnnFlags.Benchmark = true;
if (options.Only == "beside")
{
    if (!backend.IsCuda)
    {
        Console.Error.WriteLine("--only beside measures a GPU; give --device cuda");
        return 2;
    }

    try
    {
        new BesideBench(backend.Device, ClipFolder.List(options.Data!), seconds: 8).Run(Console.Out);
        return 0;
    }
    catch (VsrException failure)
    {
        Console.Error.WriteLine(failure.Message);
        return 1;
    }
}

Console.WriteLine($"{"",-62}{"median ms",10}{"least ms",10}   {options.Steps} measured after {Measurement.WarmUp}");
int? profiled = options.Profile && options.Device != "cpu" ? options.Steps + Measurement.WarmUp - 2 : null;
FrameBench frameBench = new(backend.Device, options.Steps, profiled);
RecurrentOptions recurrent = options.Tiny ? new RecurrentOptions { Channels = 16, Blocks = 1 } : new RecurrentOptions();
int failures = 0;
string network = $"recurrent {recurrent.Channels}x{recurrent.Blocks} look {recurrent.LookAhead}";
foreach ((int w, int h) in options.Tiny ? [(32, 16)] : new[] { (960, 540), (320, 180) })
{
    Row($"{network} frame, {w}x{h} -> {4 * w}x{4 * h}, bf16", () => frameBench.Recurrent(recurrent, w, h));
}

return failures == 0 ? 0 : 1;

void Row(string name, Func<Measurement> measure)
{
    try
    {
        Measurement found = measure();
        Console.WriteLine($"{name,-62}{found.Median,10:F2}{found.Least,10:F2}   {found.Note}");
    }
    catch (Exception failure)
    {
        failures++;
        bool outOfMemory = failure is BackendException { IsOutOfMemory: true }
            || (failure is ExternalException native && BackendException.From(native, name).IsOutOfMemory);
        Console.WriteLine($"{name,-62}{(outOfMemory ? "out of memory" : failure.Message.Split('\n')[0])}");
    }
}
