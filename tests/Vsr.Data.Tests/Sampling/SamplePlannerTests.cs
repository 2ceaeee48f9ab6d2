using CsCheck;
using Vsr.Video;

namespace Vsr.Data.Tests;

public class SamplePlannerTests
{
    private static readonly SequenceLoaderOptions Augmented = new()
    {
        CropWidth = 8,
        CropHeight = 8,
        FlipHorizontal = true,
        FlipVertical = true,
        Transpose = true,
        ReverseTime = true,
    };

    [Fact]
    public void Crops_lie_inside_their_frame_and_reach_every_place()
    {
        using NumberedClips clips = new((5, 12, 10));
        SamplePlanner planner = new(clips, Augmented);
        HashSet<(int, int)> places = [];
        for (int position = 0; position < 2000; position++)
        {
            SamplePlan plan = planner.Plan(null, 1, 0, position % planner.Windows.Count, position);
            Assert.InRange(plan.Crop.X, 0, 4);
            Assert.InRange(plan.Crop.Y, 0, 2);
            Assert.Equal((8, 8), (plan.Crop.Width, plan.Crop.Height));
            places.Add((plan.Crop.X, plan.Crop.Y));
        }

        Assert.Equal(15, places.Count);
    }

    [Fact]
    public void A_centred_crop_is_in_the_middle()
    {
        using NumberedClips clips = new((5, 13, 10));
        SamplePlanner planner = new(clips, Augmented with { Placement = CropPlacement.Centre });
        Assert.Equal(new PixelRect(2, 1, 8, 8), planner.Plan(null, 1, 0, 0).Crop);
    }

    [Fact]
    public void Each_transform_is_made_in_half_of_the_samples_and_independently()
    {
        using NumberedClips clips = new((2000, 12, 10));
        SamplePlanner planner = new(clips, Augmented);
        int[] counts = new int[16];
        for (int position = 0; position < 1600; position++)
        {
            SamplePlan plan = planner.Plan(null, 1, 0, position);
            counts[(plan.FlipHorizontal ? 1 : 0) + (plan.FlipVertical ? 2 : 0) + (plan.Transpose ? 4 : 0) + (plan.ReverseTime ? 8 : 0)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 60, 145)); // 100 on average, deviation 9.7
    }

    [Fact]
    public void Switching_one_transform_off_leaves_the_others_and_the_crop()
    {
        using NumberedClips clips = new((50, 12, 10));
        SamplePlanner all = new(clips, Augmented);
        SamplePlanner fewer = new(clips, Augmented with { FlipVertical = false, ReverseTime = false });
        Gen.Select(Gen.Int[0, 47], Gen.ULong).Sample((position, seed) => Assert.Equal(
            all.Plan(null, seed, 0, position) with { FlipVertical = false, ReverseTime = false },
            fewer.Plan(null, seed, 0, position)), iter: 100);
    }

    [Fact]
    public void An_oblong_crop_is_transposed_only_where_it_fits()
    {
        using NumberedClips clips = new((500, 40, 20), (500, 40, 40));
        SamplePlanner planner = new(clips, Augmented with { CropWidth = 30, CropHeight = 10 });
        List<SamplePlan> plans = [.. Enumerable.Range(0, 900).Select(position => planner.Plan(null, 1, 0, position))];
        Assert.DoesNotContain(plans, plan => plan.Clip == 0 && plan.Transpose);
        Assert.Contains(plans, plan => plan.Clip == 1 && plan.Transpose);
        Assert.All(plans, plan => Assert.Equal(plan.Transpose ? (10, 30) : (30, 10), (plan.Crop.Width, plan.Crop.Height)));
    }

    [Fact]
    public void A_crop_larger_than_a_frame_names_the_file_and_both_sizes()
    {
        using NumberedClips clips = new((5, 64, 64), (5, 48, 27));
        var thrown = Assert.Throws<VsrException>(() => new SamplePlanner(clips, new() { CropWidth = 51, CropHeight = 20 }));
        Assert.Contains("51x20", thrown.Message);
        Assert.Contains("48x27", thrown.Message);
        Assert.Contains("clip1", thrown.Message);
    }

    [Fact]
    public void A_clip_too_short_for_a_window_does_not_limit_the_crop()
    {
        using NumberedClips clips = new((2, 10, 10), (5, 64, 64));
        Assert.Equal(3, new SamplePlanner(clips, new() { CropWidth = 32, CropHeight = 32 }).Windows.Count);
    }

    [Fact]
    public void Whole_frames_need_one_size()
    {
        using NumberedClips clips = new((5, 64, 64), (5, 48, 27));
        Assert.Contains("crop", Assert.Throws<VsrException>(() => new SamplePlanner(clips, new())).Hint);
        using NumberedClips same = new((5, 64, 32), (5, 64, 32));
        SamplePlanner planner = new(same, new());
        Assert.Equal((64, 32), (planner.CropWidth, planner.CropHeight));
    }

    [Fact]
    public void Clips_too_short_for_any_window_name_the_longest()
    {
        using NumberedClips clips = new((4, 64, 64), (6, 48, 27));
        var thrown = Assert.Throws<VsrException>(() => new SamplePlanner(clips, new() { Frames = 5, Stride = 2 }));
        Assert.Contains("clip1", thrown.Message);
        Assert.Contains("9 frames", thrown.Message);
    }
}
