using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Data;

/// <summary>The type, layout and scale in which a loader delivers, and the way there from bytes.</summary>
internal sealed class BatchFormat(LoaderPlan plan, Device device)
{
    private readonly SequenceLoaderOptions _options = plan.Options;

    /// <summary>libtorch's name of the options' number type.</summary>
    public ScalarType ScalarType { get; } = plan.Options.Type switch
    {
        SampleType.Float16 => ScalarType.Float16,
        SampleType.BFloat16 => ScalarType.BFloat16,
        SampleType.UInt8 => ScalarType.Byte,
        _ => ScalarType.Float32,
    };

    /// <summary>True where bytes [N, T, C, H, W] are delivered as they are.</summary>
    public bool IsPlainBytes => _options is { Type: SampleType.UInt8, Layout: BatchLayout.FramesFirst };

    /// <summary>N, T, C, H, W: the shape of the bytes.</summary>
    public long[] ByteShape { get; } = [plan.Options.BatchSize, .. plan.SampleShape];

    /// <summary>Checks a tensor that a batch is to be written into.</summary>
    /// <exception cref="ArgumentException">It has another type, shape or device, or is not contiguous.</exception>
    public void RequireFit(Tensor destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        bool sameDevice = destination.device_type == device.type && (device.index < 0 || destination.device.index == device.index);
        if (destination.dtype != ScalarType || !destination.shape.SequenceEqual(plan.BatchShape) || !sameDevice
            || !destination.is_contiguous())
        {
            throw new ArgumentException($"the destination is {destination.dtype} [{string.Join(", ", destination.shape)}] on "
                + $"{destination.device}; it must be contiguous {ScalarType} [{string.Join(", ", plan.BatchShape)}] on {device}",
                nameof(destination));
        }
    }

    /// <summary>Converts bytes [N, T, C, H, W], on their device, into a tensor of this format.</summary>
    /// <remarks>Float32 without scale and offset is exactly byte / 255. Intermediates live in the current dispose scope.</remarks>
    public void Convert(Tensor bytes, Tensor destination) => destination.copy_(Scaled(Ordered(bytes)));

    /// <summary>The same into a new contiguous tensor, or the bytes themselves where nothing changes.</summary>
    public Tensor Convert(Tensor bytes) => Scaled(Ordered(bytes).contiguous()).to(ScalarType);

    private Tensor Ordered(Tensor bytes) => _options.Layout == BatchLayout.FramesFirst ? bytes : bytes.permute(0, 2, 1, 3, 4);

    private Tensor Scaled(Tensor bytes)
    {
        if (_options.Type == SampleType.UInt8)
        {
            return bytes;
        }

        Tensor values = bytes.to(ScalarType.Float32).div_(255);
        if (_options.Scale != 1)
        {
            values.mul_(_options.Scale);
        }

        return _options.Offset == 0 ? values : values.add_(_options.Offset);
    }
}
