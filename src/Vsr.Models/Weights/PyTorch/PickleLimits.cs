namespace Vsr.Models.PyTorch;

/// <summary>What a pickle may cost. A checkpoint of ten thousand tensors with its optimizer stays below half of each.</summary>
/// <remarks>
/// Every opcode costs a bounded time and makes a bounded number of small objects, so the first two bound time and memory: a call
/// counts as many opcodes as it is given values, and the lengths of what is hashed are bounded (<see cref="KeyCharacters"/>).
/// </remarks>
internal static class PickleLimits
{
    /// <summary>Bytes of one pickle.</summary>
    public const int Bytes = 64 << 20;

    /// <summary>Opcodes of one pickle, and the values that are given to its calls.</summary>
    public const int Opcodes = 5_000_000;

    /// <summary>Values on the stack.</summary>
    public const int Stack = 500_000;

    /// <summary>Marks on the stack.</summary>
    public const int Marks = 200;

    /// <summary>Entries of the memo: their numbers are below this.</summary>
    public const int Memo = 2_000_000;

    /// <summary>Containers within one another.</summary>
    public const int Depth = 100;

    /// <summary>Bytes of a string.</summary>
    public const int StringBytes = 1 << 20;

    /// <summary>Characters of a key, and of every text that means something.</summary>
    public const int KeyCharacters = 1024;

    /// <summary>Bytes of a line: of protocol 0's opcodes, and of a global's names.</summary>
    public const int LineBytes = 4096;

    /// <summary>Bytes of a whole number.</summary>
    public const int NumberBytes = 1024;
}
