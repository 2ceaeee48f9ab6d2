using System.Globalization;
using TorchSharp;
using Vsr.Data.Preparation.Layout;
using Vsr.Data.Synthesis;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Data.Preparation.Pairs;

/// <summary>Renders photographs in motion to hr/still-00000.mp4 and so on; those that are there are kept.</summary>
/// <remarks>Sequence j depends on (seed, j), the pictures and the options. One is rendered at a time, while others are encoded.</remarks>
internal sealed class StillRendering(PairOptions options, StillSequenceOptions stills, Device device)
{
    /// <summary>The folder of rendered sequences in the manifest's.</summary>
    public const string Folder = "hr";

    private readonly Lock _rendering = new();

    /// <summary>The files, in order.</summary>
    public IReadOnlyList<string> Files { get; } = [.. Enumerable.Range(0, stills.Count).Select(number => Path.Combine(
        options.OutData, Folder, string.Create(CultureInfo.InvariantCulture, $"still-{number:00000}.mp4")))];

    /// <summary>Renders what is missing.</summary>
    /// <param name="jobs">Files encoded at a time.</param>
    /// <param name="observer">Is told how it goes on, and of pictures that are left out.</param>
    /// <param name="cancellation">Stops after the present frames.</param>
    /// <exception cref="VsrException">No picture can be used, or a file cannot be written.</exception>
    public void Run(int jobs, IPreparationObserver? observer, CancellationToken cancellation)
    {
        int[] missing = [.. Enumerable.Range(0, Files.Count).Where(number => !File.Exists(Files[number]))];
        if (missing.Length == 0)
        {
            return;
        }

        FolderLock.MakeFolderOf(Files[0]);
        IReadOnlyList<Tensor> pictures = StillFolder.Read(stills.Folder, line => observer?.Note("warning: " + line));
        try
        {
            using IDisposable noGrad = no_grad();
            using StillSet set = new(pictures, device);
            using StillMotion motion = new(set, new MotionPoolOptions { FrameCount = stills.Frames, Size = stills.Size }, device);
            PreparationClock clock = new("stills", (long)missing.Length * stills.Frames, observer);
            FileJobs.Run(missing, jobs, Make, (_, failure) => throw failure, cancellation);

            void Make(int number, CancellationToken token) => Write(Files[number], Render(motion, number), clock, token);
        }
        catch (ArgumentException failure)
        {
            throw new VsrException($"no sequences can be made from the stills in {stills.Folder}: {failure.Message}", failure);
        }
        finally
        {
            foreach (Tensor picture in pictures)
            {
                picture.Dispose();
            }
        }
    }

    private byte[] Render(StillMotion motion, int number)
    {
        lock (_rendering)
        {
            using IDisposable noGrad = no_grad();                               // of this thread
            using DisposeScope scope = NewDisposeScope();
            Tensor frames = empty([stills.Frames, 3, stills.Size, stills.Size], ScalarType.Byte, device);
            Tensor flow = empty(
                [2, stills.Frames, 2, stills.Size / MotionPool.FlowScale, stills.Size / MotionPool.FlowScale], ScalarType.Float16, device);
            motion.Render(new MotionRandom(new SampleGenerator(options.Seed, 0, number)), frames, flow);
            return frames.cpu().bytes.ToArray();
        }
    }

    private void Write(string path, byte[] frames, PreparationClock clock, CancellationToken cancellation)
    {
        using VideoWriter writer = new(path, StillEncoding.For(stills.Size));
        int frameBytes = 3 * stills.Size * stills.Size;
        for (int i = 0; i < stills.Frames; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            writer.Write(frames.AsSpan(i * frameBytes, frameBytes), i, 1);
            clock.Add(1);
        }

        writer.Finish();
    }
}
