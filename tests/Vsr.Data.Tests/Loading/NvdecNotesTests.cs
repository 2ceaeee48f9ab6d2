using Vsr.Tests;
using Vsr.Video;

namespace Vsr.Data.Tests;

/// <summary>Which files a loader on a GPU decodes in software, and what it says of the others.</summary>
public class NvdecNotesTests
{
    [Fact]
    public void A_damaged_file_is_said_to_differ_and_what_an_index_rules_out_is_decoded_in_software()
    {
        string damaged = SharedData.Require("video/awkward/mb_no-initial-keyframe.ts");
        using VideoClipSource source = VideoClipSource.Open([damaged], cancellation: TestContext.Current.CancellationToken);
        ClipInfo whole = source.Clips[0] with { Name = "whole", NvdecNotice = null };
        ClipInfo counted = whole with { Name = "counted", NvdecProblem = "no packets" };
        ClipInfo refused = whole with { Name = "refused", Width = 1 };
        ClipInfo pictures = new("pictures", 3, 64, 64);
        Listed clips = new([source.Clips[0], whole, counted, refused with { Stream = refused.Stream! with { Width = 1 } }, pictures]);

        string?[] reasons = NvdecSequenceLoader.ReasonsAgainst(clips, stream => stream.Width == 1 ? "too small" : null);
        Assert.Equal([null, null, "no packets", "too small", "it is no video file"], reasons);
        Assert.Equal(
            [
                "counted: decoded in software: no packets",
                "refused: decoded in software: too small",
                "pictures: decoded in software: it is no video file",
                $"{damaged}: decoded by NVDEC, frames may differ from software's: the file is damaged, and decoders make up for missing "
                    + "data each in its own way",
            ],
            NvdecSequenceLoader.Notes(clips, reasons));
        ClipRangeSource parts = new(clips, [new ClipRange(2, 0, 3), new ClipRange(2, 1, 2)]);
        Assert.Equal(reasons, NvdecSequenceLoader.ReasonsAgainst(parts, stream => stream.Width == 1 ? "too small" : null));
    }

    private sealed class Listed(IReadOnlyList<ClipInfo> clips) : IClipSource
    {
        public IReadOnlyList<ClipInfo> Clips => clips;

        public IReadOnlyList<string> Warnings => [];

        public bool Delivers(SampleColor color) => true;

        public IClipReader Open(int clip) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
