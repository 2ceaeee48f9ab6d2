using Vsr.Data;
using Vsr.Models;

namespace Vsr.Training.Running;

/// <summary>The size of a run's crops, from its settings, and from its clips where whole frames are wanted.</summary>
internal static class CropSize
{
    /// <summary>The side when none is given.</summary>
    public const int Default = 256;

    /// <summary>What sides are multiples of: vsrnet takes any that its scale divides, the others halve their flow's input further.</summary>
    public static int MultipleFor(TrainingOptions options) => options.Network switch
    {
        NetworkCatalog.VsrNet => 4,
        NetworkCatalog.Flow => 1 << CompactFlowOptions.LargeMotion.Levels,
        _ => options.Scale == 3 ? 48 : 16,
    };

    /// <summary>Height and width; floored to multiples of 64 where FlowNet2-SD sees the crops, which needs them.</summary>
    public static (int Height, int Width) Of(TrainingOptions options, string flow)
    {
        int side = options.Crop ?? Default / MultipleFor(options) * MultipleFor(options);
        int height = options.CropHeight ?? side;
        int width = options.CropWidth ?? side;
        return (Floored(height, flow), Floored(width, flow));
    }

    /// <summary>The largest size that all clips have and the network takes.</summary>
    /// <exception cref="VsrException">A clip is smaller than the least crop.</exception>
    public static (int Height, int Width) OfWholeFrames(IReadOnlyList<ClipInfo> clips, TrainingOptions options)
    {
        int multiple = MultipleFor(options);
        ClipInfo lowest = clips.MinBy(clip => clip.Height)!;
        ClipInfo narrowest = clips.MinBy(clip => clip.Width)!;
        int height = lowest.Height / multiple * multiple;
        int width = narrowest.Width / multiple * multiple;
        return Math.Min(height, width) >= 16
            ? (Floored(height, options.Flow!), Floored(width, options.Flow!))
            : throw new VsrException($"{(height < 16 ? lowest : narrowest).Name} is too small to train on: frames have at least 16x16 pixels");
    }

    // a side below 64 is padded by the flow network itself
    private static int Floored(int side, string flow) =>
        flow == NetworkCatalog.FlowNetSD && side >= FlowNetSD.SizeMultiple ? side / FlowNetSD.SizeMultiple * FlowNetSD.SizeMultiple : side;
}
