using Vsr.Video.Tests.Reading;

namespace Vsr.Video.Tests.Gpu;

/// <summary>Reads random windows of a clip on the GPU and compares their frames' hashes.</summary>
internal sealed class WindowReader(NvdecDecoderPool pool, NvdecClip clip) : IDisposable
{
    private readonly SurfaceDownload _download = new(pool.Context);

    /// <summary>Reads windows of 1 to 5 frames, half of them going on from the last; a line for each that is wrong.</summary>
    public IReadOnlyList<string> Check(string[] expected, int seed, int count)
    {
        List<string> wrong = [];
        Random random = new(seed);
        int place = 0;
        for (int i = 0; i < count; i++)
        {
            place = random.Next(2) == 0 || place >= expected.Length ? random.Next(expected.Length) : place;
            int stride = random.Next(3) == 0 ? random.Next(1, 9) : 1;
            int[] frames = [.. Enumerable.Range(0, random.Next(1, 6)).Select(k => place + (k * stride)).Where(k => k < expected.Length)];
            place = frames[^1] + 1;
            wrong.AddRange(Read(frames).Where(pair => pair.Hash != expected[pair.Frame])
                .Select(pair => $"{Path.GetFileName(clip.Path)}: window {i} ({string.Join(' ', frames)}) frame {pair.Frame} differs"));
        }

        return wrong;
    }

    /// <summary>Reads frames; their numbers and hashes in ascending order.</summary>
    public IReadOnlyList<(int Frame, string Hash)> Read(int[] frames)
    {
        NvdecDecoder decoder = pool.Rent(clip);
        try
        {
            VideoFrame[] pictures = _download.Read(clip, decoder, frames);
            Assert.Equal(frames, pictures.Select(picture => picture.Index));
            (int, string)[] hashes = [.. pictures.Select(picture => (picture.Index, FrameMd5.Of(picture)))];
            Array.ForEach(pictures, picture => picture.Dispose());
            return hashes;
        }
        finally
        {
            pool.Return(decoder);
        }
    }

    public void Dispose() => _download.Dispose();
}
