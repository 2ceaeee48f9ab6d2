using Vsr.Video;

namespace Vsr.Data.Tests;

/// <summary>Clip 0 has 40 frames in closed groups of 12, clip 5 has 45 in open ones.</summary>
public sealed class FramesOnTheWayTests(CodedFiles files) : IClassFixture<CodedFiles>
{
    [Theory]
    [InlineData("14 15 16", false, "12-16")]
    [InlineData("14 15 16", true, "12-23")]
    [InlineData("11 12 13", false, "0-13")]
    [InlineData("3 38", false, "0-3 36-38")]                 // the groups between are not decoded
    [InlineData("3 38", true, "0-11 36-39")]
    [InlineData("0", false, "0-0")]
    public void Frames_from_each_group_s_start_to_the_wanted_ones(string wanted, bool toGroupEnd, string expected)
    {
        using FrameReader reader = new(files.Paths[0]);
        int[] found = FramesOnTheWay.To(reader.Index, [.. wanted.Split(' ').Select(int.Parse)], toGroupEnd);
        Assert.Equal(
            expected.Split(' ').Select(range => range.Split('-'))
                .SelectMany(ends => Enumerable.Range(int.Parse(ends[0]), int.Parse(ends[1]) - int.Parse(ends[0]) + 1)),
            found);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_wanted_frame_is_among_them_once_and_in_order(bool toGroupEnd)
    {
        foreach (string path in files.Paths)
        {
            using FrameReader reader = new(path);
            for (int first = 0; first < reader.FrameCount; first++)
            {
                int[] wanted = [.. Enumerable.Range(0, 5).Select(i => first + (7 * i)).Where(frame => frame < reader.FrameCount)];
                int[] found = FramesOnTheWay.To(reader.Index, wanted, toGroupEnd);
                Assert.Equal(found.Order().Distinct(), found);
                Assert.Subset(found.ToHashSet(), wanted.ToHashSet());
                Assert.InRange(found[^1], 0, reader.FrameCount - 1);
            }
        }
    }
}
