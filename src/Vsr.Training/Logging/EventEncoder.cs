using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Vsr.Training.Logging;

/// <summary>Protocol-buffer bytes of the few TensorFlow event messages that a training run writes.</summary>
/// <remarks>
/// Field numbers from tensorflow/core/util/event.proto and framework/summary.proto:
/// Event { double wall_time = 1; int64 step = 2; string file_version = 3; Summary summary = 5; SessionLog session_log = 7 },
/// Summary { repeated Value value = 1 }, Value { string tag = 1; float simple_value = 2; Image image = 4;
/// TensorProto tensor = 8; SummaryMetadata metadata = 9 }, Image { height = 1; width = 2; colorspace = 3; bytes encoded = 4 }.
/// Fields are written in the order of their numbers, as protocol buffers' own encoder does.
/// </remarks>
internal sealed class EventEncoder
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public static byte[] FileVersion(double wallTimeSeconds) =>
        new EventEncoder().Double(1, wallTimeSeconds).Text(3, "brain.Event:2").ToArray();

    public static byte[] Scalar(double wallTimeSeconds, long step, string tag, float value) =>
        Summary(wallTimeSeconds, step, new EventEncoder().Text(1, tag).Float(2, value));

    public static byte[] Image(double wallTimeSeconds, long step, string tag, int width, int height, ReadOnlySpan<byte> png)
    {
        const int rgb = 3;
        EventEncoder image = new EventEncoder().Integer(1, height).Integer(2, width).Integer(3, rgb).Bytes(4, png);
        return Summary(wallTimeSeconds, step, new EventEncoder().Text(1, tag).Message(4, image));
    }

    /// <summary>A text as TensorBoard's text plug-in wants it: a string tensor (DT_STRING = 7) and the plug-in's name.</summary>
    public static byte[] TextSummary(double wallTimeSeconds, long step, string tag, string text)
    {
        EventEncoder pluginName = new EventEncoder().Text(1, "text");
        EventEncoder metadata = new EventEncoder().Message(1, pluginName);
        EventEncoder tensor = new EventEncoder().Integer(1, 7).Message(2, new EventEncoder()).Text(8, text);
        return Summary(wallTimeSeconds, step, new EventEncoder().Text(1, tag).Message(8, tensor).Message(9, metadata));
    }

    /// <summary>A SessionLog with status START: readers drop what earlier files say of this step and later ones.</summary>
    public static byte[] SessionStart(double wallTimeSeconds, long step) => new EventEncoder()
        .Double(1, wallTimeSeconds).Step(step).Message(7, new EventEncoder().Integer(1, 1)).ToArray();

    /// <summary>A value of the hyper-parameter plug-in: its message is in the metadata, the tensor (DT_FLOAT = 1, shape [0]) is empty.</summary>
    public static byte[] HyperParameters(double wallTimeSeconds, string tag, EventEncoder content)
    {
        EventEncoder plugin = new EventEncoder().Text(1, "hparams").Message(2, content);
        EventEncoder emptyShape = new EventEncoder().Message(2, new EventEncoder().Integer(1, 0));
        EventEncoder tensor = new EventEncoder().Integer(1, 1).Message(2, emptyShape);
        return Summary(
            wallTimeSeconds, 0, new EventEncoder().Text(1, tag).Message(8, tensor).Message(9, new EventEncoder().Message(1, plugin)));
    }

    public EventEncoder Integer(int field, long value) => Tag(field, 0).Varint((ulong)value);

    public EventEncoder Double(int field, double value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        Tag(field, 1)._bytes.Write(bytes);
        return this;
    }

    public EventEncoder Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public EventEncoder Message(int field, EventEncoder message) => Bytes(field, message.ToArray());

    private static byte[] Summary(double wallTimeSeconds, long step, EventEncoder value) => new EventEncoder()
        .Double(1, wallTimeSeconds).Step(step).Message(5, new EventEncoder().Message(1, value)).ToArray();

    private byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    /// <summary>0 is the default and left out.</summary>
    private EventEncoder Step(long step) => step == 0 ? this : Integer(2, step);

    private EventEncoder Float(int field, float value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        Tag(field, 5)._bytes.Write(bytes);
        return this;
    }

    private EventEncoder Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, 2).Varint((ulong)value.Length)._bytes.Write(value);
        return this;
    }

    private EventEncoder Tag(int field, int wireType) => Varint((ulong)((field << 3) | wireType));

    private EventEncoder Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes.Write([(byte)(value | 0x80)]);
        }

        _bytes.Write([(byte)value]);
        return this;
    }
}
