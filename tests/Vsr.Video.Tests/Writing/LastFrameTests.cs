using Vsr.Tests;

namespace Vsr.Video.Tests.Writing;

public class LastFrameTests
{
    [Theory]
    [InlineData("a.mp4", 12, 0)]
    [InlineData("a.mp4", 1, 0)]
    [InlineData("a.mov", 12, 2)]
    [InlineData("a.mkv", 12, 2)]
    [InlineData("a.mp4", 12, 2)]
    public void TheLastFrameIsKeptWithoutADurationOfItsOwn(string name, int frames, int bFrames)
    {
        using TemporaryFolder folder = new();
        string path = folder.File(name);
        using (VideoWriter writer = new(path, new() { Width = 64, Height = 48, GroupSize = 5, BFrames = bFrames, Threads = 1 }))
        {
            for (int i = 0; i < frames; i++)
            {
                writer.Write(new byte[3 * 64 * 48], 2 * i);
            }

            writer.Finish();
        }

        using FrameReader reader = new(path);
        Assert.Equal(frames, reader.FrameCount);
    }
}
