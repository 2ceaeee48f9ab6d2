namespace Vsr.Models.PyTorch;

/// <summary>Tells PyTorch files from others.</summary>
internal static class PyTorchFormat
{
    private const byte PickleStart = 0x80;

    private static readonly string[] Endings = [".pth.tar", ".pth", ".pt", ".ckpt", ".tar"];

    // How protocols 0 and 1 write the magic number.
    private static ReadOnlySpan<byte> TextStart => "L119547037146038801333356L"u8;

    private static ReadOnlySpan<byte> ZipStart => "PK\u0003\u0004"u8;

    /// <summary>Whether a file is a PyTorch file by its first bytes, or is called one.</summary>
    public static bool Recognizes(string path)
    {
        if (Endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
        {
            return true;
        }

        try
        {
            using FileByteSource source = new(path);
            return Find(source) is not null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;       // whoever opens it next says so
        }
    }

    /// <summary>The format by the first bytes; null when it is none of PyTorch's.</summary>
    public static WeightsFormat? Find(ByteSource source)
    {
        Span<byte> start = stackalloc byte[(int)Math.Min(TextStart.Length, source.Length)];
        source.Read(0, start);
        return start.StartsWith(ZipStart) ? WeightsFormat.PyTorchZip
            : IsSafetensors(start) ? null
            : start is [PickleStart, ..] || start.SequenceEqual(TextStart) ? WeightsFormat.PyTorchLegacy
            : null;
    }

    // The length of its header in 8 bytes, whose lowest can be a pickle's first byte, and the header.
    private static bool IsSafetensors(ReadOnlySpan<byte> start) => start is [_, _, _, _, _, 0, 0, 0, (byte)'{', ..];
}
