using CsCheck;

namespace Vsr.Data.Tests;

public class WindowIndexTests
{
    [Fact]
    public void Windows_are_all_runs_inside_one_clip_in_order()
    {
        Gen<int[]> clips = Gen.Int[0, 40].Array[0, 12];
        Gen.Select(clips, Gen.Int[0, 4], Gen.Int[1, 4], Gen.Int[1, 5]).Sample((frameCounts, half, stride, step) =>
        {
            int frames = 2 * half + 1;
            List<(int Clip, int FirstFrame)> expected = [];
            for (int clip = 0; clip < frameCounts.Length; clip++)
            {
                for (int first = 0; first + (frames - 1) * stride < frameCounts[clip]; first += step)
                {
                    expected.Add((clip, first));
                }
            }

            WindowIndex index = new(frameCounts, frames, stride, step);
            Assert.Equal(expected.Count, index.Count);
            Assert.Equal(expected, Enumerable.Range(0, expected.Count).Select(window => index.Locate(window)));
            Assert.Equal(index.Count, Enumerable.Range(0, frameCounts.Length).Sum(index.CountOf));
        }, iter: 300);
    }

    [Fact]
    public void Padded_windows_go_on_until_one_reaches_the_last_frame_of_the_clip()
    {
        Gen.Select(Gen.Int[0, 40].Array[0, 12], Gen.Int[0, 4], Gen.Int[1, 4], Gen.Int[1, 9]).Sample((frameCounts, half, stride, step) =>
        {
            int frames = 2 * half + 1;
            List<(int Clip, int FirstFrame)> expected = [];
            for (int clip = 0; clip < frameCounts.Length; clip++)
            {
                bool reached = false;
                for (int first = 0; first < frameCounts[clip] && !reached; first += step)
                {
                    expected.Add((clip, first));
                    reached = first + (frames - 1) * stride >= frameCounts[clip] - 1;
                }
            }

            WindowIndex index = new(frameCounts, frames, stride, step, padded: true);
            Assert.Equal(expected, Enumerable.Range(0, (int)index.Count).Select(window => index.Locate(window)));
            Assert.Equal(expected.Count, index.Count);
        }, iter: 300);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(10)]
    public void An_even_number_of_frames_names_the_odd_ones_beside_it(int frames)
    {
        var thrown = Assert.Throws<ArgumentOutOfRangeException>(() => new WindowIndex([20], frames));
        Assert.Contains($"{frames} frames", thrown.Message);
        Assert.Contains($"{Math.Max(3, frames + 1)}", thrown.Message);
    }

    [Fact]
    public void A_window_that_is_not_there_is_refused()
    {
        WindowIndex index = new([5, 2], 3);
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Locate(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Locate(-1));
    }
}
