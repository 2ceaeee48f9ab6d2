using TorchSharp;
using Vsr.Models.Blocks;
using Vsr.Models.Gpu;
using Vsr.Tests;
using Vsr.Torch;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vsr.Models.Tests;

/// <summary>The enlarged frame and what is added to it by a kernel against torch's operators.</summary>
[Trait("Category", "Gpu")]
public sealed class GpuEnlargedSumTests : IDisposable
{
    private readonly Device _device = TorchTestBackend.RequireCuda();
    private readonly DisposeScope _scope = NewDisposeScope();

    /// <summary>Scale, height, width, layout.</summary>
    public static TheoryData<int, int, int, string> Frames
    {
        get
        {
            TheoryData<int, int, int, string> frames = [];
            foreach (int scale in (int[])[2, 4])
            {
                frames.Add(scale, 34, 50, "planes");
                frames.Add(scale, 34, 50, "channels last");
                frames.Add(scale, 17, 19, "part");
                frames.Add(scale, 1, 3, "planes");
                frames.Add(scale, 5, 1, "part");
            }

            return frames;
        }
    }

    public GpuEnlargedSumTests()
    {
        Assert.Null(FrameKernels.ProblemOn(_device));
        random.manual_seed(8);
    }

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(Frames))]
    public void ItIsTheSumOfTheOperators(int scale, int height, int width, string layout)
    {
        Tensor frame = layout switch
        {
            "channels last" => TensorLayout.ToChannelsLast(rand([1, 3, height, width], device: _device)),
            "part" => rand([2, 5, height + 3, width + 2], device: _device)[1].narrow(0, 1, 3).narrow(1, 2, height).narrow(2, 1, width).unsqueeze(0),
            _ => rand([1, 3, height, width], device: _device),
        };
        int channels = 3 * scale * scale;
        Tensor residual = (randn([1, height, width, channels + scale], device: _device) * 0.1).to(ScalarType.BFloat16).permute(0, 3, 1, 2)
            .narrow(1, layout == "part" ? scale : 0, channels);
        Assert.True(EnlargedSum.Takes(frame, scale));
        Assert.True(EnlargedSum.Takes(frame, residual, scale));

        Tensor enlarged = EnlargedSum.Run(frame, residual: null, scale);
        Tensor sum = EnlargedSum.Run(frame, residual, scale);

        Tensor expected = Resize.Enlarge(frame.contiguous(), scale);
        AssertClose(expected, enlarged);
        AssertClose(expected + F.pixel_shuffle(residual.to(ScalarType.Float32), scale), sum);
        Assert.True(sum.is_contiguous());
    }

    [Fact]
    public void WhatItDoesNotTakeIsLeftToTheOperators()
    {
        Tensor frame = rand([1, 3, 6, 8], device: _device);
        Tensor residual = TensorLayout.ToChannelsLast(rand([1, 48, 6, 8], device: _device).to(ScalarType.BFloat16));
        Assert.True(EnlargedSum.Takes(frame, residual, 4));

        Assert.False(EnlargedSum.Takes(frame, 3));
        Assert.False(EnlargedSum.Takes(frame.cpu(), 4));
        Assert.False(EnlargedSum.Takes(frame.to(ScalarType.BFloat16), 4));
        Assert.False(EnlargedSum.Takes(cat([frame, frame], 0), 4));
        Assert.False(EnlargedSum.Takes(frame.narrow(1, 0, 1), 4));
        Assert.False(EnlargedSum.Takes(frame, residual, 2));
        Assert.False(EnlargedSum.Takes(frame, residual.cpu(), 4));
        Assert.False(EnlargedSum.Takes(frame, residual.to(ScalarType.Float32), 4));
        Assert.False(EnlargedSum.Takes(frame, residual.contiguous(), 4));                  // planes
        Assert.False(EnlargedSum.Takes(frame, residual.narrow(3, 0, 7), 4));
        Assert.False(EnlargedSum.Takes(frame.narrow(3, 0, 7), residual.narrow(3, 0, 7), 4));    // gaps between rows
        Tensor shifted = empty([1, 6, 8, 52], ScalarType.BFloat16, _device).permute(0, 3, 1, 2).narrow(1, 2, 48);
        Assert.False(EnlargedSum.Takes(frame, shifted, 4));                                 // begins at a channel that is no multiple of four
    }

    private static void AssertClose(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.InRange((expected - actual).abs().max().cpu().item<float>(), 0, 2e-6f);
    }
}
