using System.Buffers.Binary;
using System.Text;

namespace Vsr.Torch.Loading;

/// <summary>
/// Makes one symbol version that a shared library requires optional (weak), so that a C++ runtime without it loads the library.
/// </summary>
/// <remarks>
/// For TorchSharp's native library on systems whose libstdc++ is older than GCC 13's: the only symbol behind
/// GLIBCXX_3.4.32 there is a marker that nothing calls. The patch is refused when any other symbol has that version.
/// Layout: System V ABI, chapter 5, and the GNU symbol versioning of the Linux Standard Base (little-endian ELF64).
/// </remarks>
internal static class SymbolVersionPatch
{
    private const string HarmlessSymbol = "_ZSt21ios_base_library_initv";
    private const uint DynamicSymbols = 11;
    private const uint VersionNeeds = 0x6ffffffe;
    private const uint VersionOfSymbols = 0x6fffffff;
    private const ushort Weak = 2;

    /// <summary>A copy of the library in which the version is optional; null when it is not there or stands for more.</summary>
    public static byte[]? MakeOptional(ReadOnlySpan<byte> library, string version)
    {
        byte[] patched = library.ToArray();
        if (patched.Length < 64 || !library.StartsWith("\u007fELF\u0002\u0001"u8))
        {
            return null;
        }

        Section? needs = FindSection(library, VersionNeeds);
        Section? versions = FindSection(library, VersionOfSymbols);
        Section? symbols = FindSection(library, DynamicSymbols);
        if (needs is null || versions is null || symbols is null)
        {
            return null;
        }

        int entry = FindVersion(library, needs.Value, version);
        if (entry < 0)
        {
            return null;
        }

        ushort index = Read16(library, entry + 6);
        if (!OnlyHarmless(library, versions.Value, symbols.Value, index))
        {
            return null;
        }

        ushort flags = (ushort)(Read16(library, entry + 4) | Weak);
        BinaryPrimitives.WriteUInt16LittleEndian(patched.AsSpan(entry + 4), flags);
        return patched;
    }

    private static Section? FindSection(ReadOnlySpan<byte> library, uint type)
    {
        int table = (int)Read64(library, 40);
        int count = Read16(library, 60);
        for (int i = 0; i < count; i++)
        {
            int header = table + (64 * i);
            if (Read32(library, header + 4) == type)
            {
                int strings = table + (64 * (int)Read32(library, header + 40));
                return new((int)Read64(library, header + 24), (int)Read64(library, header + 32), (int)Read64(library, strings + 24));
            }
        }

        return null;
    }

    // vernaux: hash u32, flags u16, index u16, name u32, next u32; verneed: version u16, count u16, file u32, aux u32, next u32
    private static int FindVersion(ReadOnlySpan<byte> library, Section needs, string version)
    {
        for (int need = needs.Offset; ; need += (int)Read32(library, need + 12))
        {
            int auxiliary = need + (int)Read32(library, need + 8);
            for (int left = Read16(library, need + 2); left > 0; left--)
            {
                if (Text(library, needs.Strings + (int)Read32(library, auxiliary + 8)) == version)
                {
                    return auxiliary;
                }

                auxiliary += (int)Read32(library, auxiliary + 12);
            }

            if (Read32(library, need + 12) == 0)
            {
                return -1;
            }
        }
    }

    private static bool OnlyHarmless(ReadOnlySpan<byte> library, Section versions, Section symbols, ushort index)
    {
        for (int i = 0; i < versions.Size / 2; i++)
        {
            bool hasVersion = (Read16(library, versions.Offset + (2 * i)) & 0x7fff) == index;
            if (hasVersion && Text(library, symbols.Strings + (int)Read32(library, symbols.Offset + (24 * i))) != HarmlessSymbol)
            {
                return false;
            }
        }

        return true;
    }

    private static string Text(ReadOnlySpan<byte> library, int offset)
    {
        ReadOnlySpan<byte> rest = library[offset..];
        return Encoding.ASCII.GetString(rest[..rest.IndexOf((byte)0)]);
    }

    private static ushort Read16(ReadOnlySpan<byte> library, int offset) =>
        BinaryPrimitives.ReadUInt16LittleEndian(library[offset..]);

    private static uint Read32(ReadOnlySpan<byte> library, int offset) =>
        BinaryPrimitives.ReadUInt32LittleEndian(library[offset..]);

    private static ulong Read64(ReadOnlySpan<byte> library, int offset) =>
        BinaryPrimitives.ReadUInt64LittleEndian(library[offset..]);

    private readonly record struct Section(int Offset, int Size, int Strings);
}
