using System.Collections.Concurrent;
using Vsr.Models;
using Vsr.Upscaling.Color;
using static TorchSharp.torch;

namespace Vsr.Upscaling.Pipeline;

/// <summary>
/// Three threads with bounded queues between them: one decodes, one runs the network and makes the planes of the output's
/// pixel format, one encodes. At most 2 x queued + 3 frames exist at a time, whatever the length of the video.
/// </summary>
/// <param name="upscaler">The network; used by one thread.</param>
/// <param name="conversion">Makes the planes.</param>
/// <param name="transfer">Between host and device.</param>
/// <param name="queuedFrames">The bound of each queue.</param>
internal sealed class UpscalePipeline(
    IFrameUpscaler upscaler, DeviceYuvConversion conversion, IFrameTransfer transfer, int queuedFrames)
{
    /// <summary>Encodes a frame.</summary>
    /// <param name="index">The frame's number, 0, 1, 2 and so on.</param>
    /// <param name="planes">The picture's planes back to back, without padding.</param>
    public delegate void FrameWriter(int index, ReadOnlySpan<byte> planes);

    /// <summary>Sees a frame before and after: float32 [1, 3, h, w] and [1, 3, H, W] on the device. Keeps neither.</summary>
    public delegate void FrameObserver(Tensor lr, Tensor sr);

    /// <summary>The one frame that <see cref="Observer"/> sees; -1 for none.</summary>
    public int ObservedFrame { get; init; } = -1;

    /// <summary>Called on the network's thread with frame <see cref="ObservedFrame"/>.</summary>
    public FrameObserver? Observer { get; init; }

    /// <summary>Asked after each reading, on the same thread, whether that frame begins a scene: the network starts anew there. Null: none does.</summary>
    public Func<bool>? BeginsScene { get; init; }

    /// <summary>Runs all frames through; returns when the last has been written.</summary>
    /// <param name="read">
    /// Decodes frame i: uint8 (0..255) or float32 (0..1) [3, h, w] on the CPU, RGB; null after the last. Called in order by one thread.
    /// </param>
    /// <param name="write">Called in order by one thread.</param>
    /// <param name="cancellation">Stops all threads before the next frame.</param>
    /// <exception cref="OperationCanceledException">Cancelled; all threads have ended.</exception>
    public void Run(Func<int, Tensor?> read, FrameWriter write, CancellationToken cancellation)
    {
        using BlockingCollection<DecodedPicture> decoded = new(queuedFrames);
        using BlockingCollection<EnlargedFrame> enlarged = new(queuedFrames);
        try
        {
            using StageGroup stages = new(cancellation);
            stages.Start("decoding", () => Decode(read, decoded, stages.Token));
            stages.Start("network", () => Enlarge(decoded, enlarged, stages.Token));
            stages.Start("encoding", () => Encode(enlarged, write, stages.Token));
            stages.Join();
        }
        finally
        {
            DisposeAll(decoded);
            DisposeAll(enlarged);
        }
    }

    private void Decode(Func<int, Tensor?> read, BlockingCollection<DecodedPicture> decoded, CancellationToken stop)
    {
        for (int i = 0; read(i) is { } picture; i++)
        {
            Add(decoded, new DecodedPicture(picture, BeginsScene?.Invoke() ?? false), stop);
        }

        decoded.CompleteAdding();
    }

    private void Enlarge(BlockingCollection<DecodedPicture> decoded, BlockingCollection<EnlargedFrame> enlarged, CancellationToken stop)
    {
        upscaler.Reset();
        int pushed = 0;
        int delivered = 0;
        Tensor? observedLr = null;
        EnlargedFrame? arriving = null;                                         // the device works on the next one meanwhile
        try
        {
            foreach (DecodedPicture host in decoded.GetConsumingEnumerable(stop))
            {
                using (host)
                {
                    if (host.BeginsScene)
                    {
                        EndScene();
                    }

                    using Tensor lr = transfer.ToDevice(host.Rgb);
                    if (pushed++ == ObservedFrame)
                    {
                        observedLr = lr.clone();
                    }

                    Compute(() => upscaler.Push(lr));
                }
            }

            EndScene();
            Deliver(null);
        }
        finally
        {
            arriving?.Dispose();
            observedLr?.Dispose();
            upscaler.Reset();
        }

        enlarged.CompleteAdding();

        void EndScene()
        {
            while (Compute(upscaler.Flush))
            {
            }

            upscaler.Reset();
        }

        bool Compute(Func<Tensor?> next)
        {
            stop.ThrowIfCancellationRequested();
            transfer.BeginFrame(stop);
            using Tensor? sr = next();
            EnlargedFrame? frame = transfer.EndFrame(sr is null ? null : conversion.Convert(sr));
            if (frame is null)
            {
                return false;
            }

            Deliver(frame);
            if (delivered++ == ObservedFrame)
            {
                Observer?.Invoke(observedLr!, sr!);
            }

            return true;
        }

        void Deliver(EnlargedFrame? next)
        {
            EnlargedFrame? previous = arriving;
            arriving = next;
            if (previous is not null)
            {
                previous.WaitForArrival();
                Add(enlarged, previous, stop);
            }
        }
    }

    private static void Encode(BlockingCollection<EnlargedFrame> enlarged, FrameWriter write, CancellationToken stop)
    {
        int index = 0;
        foreach (EnlargedFrame frame in enlarged.GetConsumingEnumerable(stop))
        {
            using (frame)
            {
                write(index++, frame.Planes);
            }
        }
    }

    private static void Add<T>(BlockingCollection<T> queue, T item, CancellationToken stop)
        where T : IDisposable
    {
        try
        {
            queue.Add(item, stop);
        }
        catch (OperationCanceledException)
        {
            item.Dispose();
            throw;
        }
    }

    /// <param name="Rgb">uint8 or float32 [3, h, w].</param>
    /// <param name="BeginsScene">Whether it begins a scene.</param>
    private sealed record DecodedPicture(Tensor Rgb, bool BeginsScene) : IDisposable
    {
        public void Dispose() => Rgb.Dispose();
    }

    private static void DisposeAll<T>(BlockingCollection<T> queue)
        where T : IDisposable
    {
        while (queue.TryTake(out T? item))
        {
            item.Dispose();
        }
    }
}
