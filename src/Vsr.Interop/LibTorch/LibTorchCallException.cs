namespace Vsr.Interop.LibTorch;

/// <summary>A function of libtorch's C interface returned an error; libtorch has written its text to standard error.</summary>
internal sealed class LibTorchCallException(string call)
    : Exception($"libtorch's {call} failed; its own message is on standard error")
{
    /// <exception cref="LibTorchCallException">The result is not 0.</exception>
    public static void ThrowIfFailed(int result, string call)
    {
        if (result != 0)
        {
            throw new LibTorchCallException(call);
        }
    }
}
