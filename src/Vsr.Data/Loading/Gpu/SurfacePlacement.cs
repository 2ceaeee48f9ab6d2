using Vsr.Video;

namespace Vsr.Data;

/// <summary>Where the frames of a sample lie in a batch, and how pictures become them.</summary>
internal sealed class SurfacePlacement
{
    private readonly SequenceLoaderOptions _options;
    private readonly long _planeValues;
    private readonly long _frameStride;
    private readonly long _channelStride;
    private readonly int _valueBytes;

    public SurfacePlacement(LoaderPlan plan)
    {
        _options = plan.Options;
        (Width, Height) = (plan.Planner.CropWidth, plan.Planner.CropHeight);
        _planeValues = (long)Width * Height;
        bool framesFirst = _options.Layout == BatchLayout.FramesFirst;
        _frameStride = framesFirst ? _options.Channels * _planeValues : _planeValues;
        _channelStride = framesFirst ? _planeValues : _options.Frames * _planeValues;
        _valueBytes = _options.Type switch
        {
            SampleType.Float32 => 4,
            SampleType.UInt8 => 1,
            _ => 2,
        };
    }

    /// <summary>Width of a delivered frame.</summary>
    public int Width { get; }

    /// <summary>Height of a delivered frame.</summary>
    public int Height { get; }

    /// <summary>The places in a sample that a frame of its window is put to: one, or several where it stands for missing ones.</summary>
    /// <param name="plan">The sample.</param>
    /// <param name="inWindow">Which frame of the window, 0 to Available - 1.</param>
    public IEnumerable<int> PlacesOf(SamplePlan plan, int inWindow)
    {
        int last = inWindow == plan.Available - 1 ? _options.Frames - 1 : inWindow;
        return Enumerable.Range(inWindow, last - inWindow + 1).Select(t => plan.ReverseTime ? _options.Frames - 1 - t : t);
    }

    /// <summary>What to make of a picture.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="place">The frame's place in it, 0 to T - 1.</param>
    /// <param name="crop">The region of the picture.</param>
    /// <param name="color">The picture's colour tags.</param>
    /// <param name="channels">What its components are to become.</param>
    public SurfaceConversion Conversion(
        in DeviceSample sample, int place, PixelRect crop, ColorDescription color, SampleColor channels) => new()
        {
            Color = color,
            Crop = crop,
            Transpose = sample.Plan.Transpose,
            FlipHorizontal = sample.Plan.FlipHorizontal,
            FlipVertical = sample.Plan.FlipVertical,
            Output = sample.Batch.AddressOf(sample.Index) + (nint)(place * _frameStride * _valueBytes),
            ChannelStride = _channelStride,
            RowStride = Width,
            ColumnStride = 1,
            Type = _options.Type,
            Channels = channels,
            Scale = _options.Scale,
            Offset = _options.Offset,
        };
}
