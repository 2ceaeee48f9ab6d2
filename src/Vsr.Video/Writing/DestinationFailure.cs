namespace Vsr.Video.Writing;

/// <summary>Tells failures of a file from those of the place it is written to: a disk that is full, over quota, read-only or broken.</summary>
internal static class DestinationFailure
{
    // Linux's errno, which FFmpeg gives negative and .NET in HResult
    private const int InputOutput = 5;
    private const int NoSpace = 28;
    private const int ReadOnly = 30;
    private const int Quota = 122;

    /// <summary>Whether whatever else is written to the same place would fail too.</summary>
    public static bool IsOne(VsrException failure) => failure.IsOfDestination;

    /// <summary>The exception for an errno, marked where whatever else is written there would fail too.</summary>
    public static VsrException Create(string message, int errno, Exception? innerException = null) => new(message, innerException)
    {
        IsOfDestination = errno is InputOutput or NoSpace or ReadOnly or Quota,
    };
}
