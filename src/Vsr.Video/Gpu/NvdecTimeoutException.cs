namespace Vsr.Video;

/// <summary>The engine or the work on its stream did not get done within the deadline.</summary>
internal sealed class NvdecTimeoutException(string message) : Exception(message);
