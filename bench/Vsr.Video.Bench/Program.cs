using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Vsr.Video;

// Colour conversion of 1920x1080 frames on one core: million pixels a second, the best of 20 runs of 5 frames each.
// usage: dotnet run -c Release --project bench/Vsr.Video.Bench
const int width = 1920;
const int height = 1080;
const int runs = 20;
const int framesPerRun = 5;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string processor = File.Exists("/proc/cpuinfo")
    ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) ?? ""
    : "";
Console.WriteLine($"{processor.Split(':')[^1].Trim()}, {Environment.ProcessorCount} processors, "
    + $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}");
Console.WriteLine($"{"format",-14}{"RGB 8",10}{"RGB 16",10}{"float",10}   Mpixel/s");

string folder = Directory.CreateTempSubdirectory("vsr-bench-").FullName;
try
{
    foreach (string format in (string[])["yuv420p", "yuv422p", "yuv444p", "yuv420p10le", "yuv422p10le", "yuv420p16le", "gray", "bgr0"])
    {
        using FrameReader reader = new(WriteClip(format), new FrameReaderOptions { CacheIndex = false });
        using VideoFrame frame = reader.GetFrame(0);
        byte[] bytes = new byte[3 * width * height];
        ushort[] words = new ushort[bytes.Length];
        float[] floats = new float[bytes.Length];
        double rate8 = Measure(() => RgbConverter.ToRgb8(frame, null, bytes));
        double rate16 = Measure(() => RgbConverter.ToRgb16(frame, null, words));
        double rateFloat = Measure(() => RgbConverter.ToRgbFloat(frame, null, floats));
        Console.WriteLine($"{frame.Format.Name,-14}{rate8,10:F0}{rate16,10:F0}{rateFloat,10:F0}");
    }
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static double Measure(Action convert)
{
    for (int i = 0; i < 40; i++)
    {
        convert();
    }

    Thread.Sleep(200); // the runtime swaps its optimised code in
    double best = double.MaxValue;
    for (int run = 0; run < runs; run++)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < framesPerRun; i++)
        {
            convert();
        }

        best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    return (double)width * height * framesPerRun / best / 1e6;
}

string WriteClip(string format)
{
    string path = Path.Combine(folder, format + ".mkv");
    using VideoWriter writer = new(path, new VideoWriterOptions
    {
        Width = width,
        Height = height,
        Codec = "ffv1",
        PixelFormat = format,
    });
    RgbImage image = new(width, height);
    new Random(1).NextBytes(image.Samples8);
    writer.Write(image, 0);
    writer.Finish();
    return path;
}
