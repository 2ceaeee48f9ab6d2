using Vsr.Data.Preparation.Manifests;
using Vsr.Video;

namespace Vsr.Data.Preparation.Pairs;

/// <summary>Writes one low-resolution file: the frames of the clip, no fewer and no more, degraded and compressed.</summary>
internal static class PairWriting
{
    /// <summary>Writes it whole or not at all.</summary>
    /// <param name="job">What to make.</param>
    /// <param name="outData">The manifest's folder.</param>
    /// <param name="threads">Threads of the decoder.</param>
    /// <param name="clock">Counts frames.</param>
    /// <param name="cancellation">Stops after the present frame.</param>
    /// <exception cref="VsrException">The clip cannot be read, is too small, or the file cannot be written.</exception>
    public static PairEntry Write(PairJob job, string outData, int threads, PreparationClock clock, CancellationToken cancellation)
    {
        using RgbFrames frames = new(job.Source.Path, threads);
        FrameDegrader degrader = new(job.Drawn, frames.Width, frames.Height);
        byte[] hr = new byte[3 * frames.Width * frames.Height];
        byte[] lr = new byte[3 * degrader.Width * degrader.Height];
        while (true)
        {
            using VideoWriter writer = new(Path.Combine(outData, job.Target), CompressionEncoding.For(
                job.Drawn.Codec, job.Drawn.Crf, degrader.Width, degrader.Height, frames.TimeBase, frames.FrameRate));
            int done = 0;
            bool isSame = true;
            while (done < frames.Count && (isSame = frames.TryRead(done, hr)))
            {
                cancellation.ThrowIfCancellationRequested();
                degrader.Degrade(done, hr, lr);
                writer.Write(lr, frames.PtsTicks(done), frames.DurationTicks(done));
                clock.Add(1);
                done++;
            }

            if (isSame)
            {
                writer.Finish();
                return job.Entry(outData, degrader, (frames.Width, frames.Height), done);
            }

            clock.Add(-done);
        }
    }
}
