namespace Vsr.Video;

/// <summary>No decoder for a stream: the message names the codec and what was tried.</summary>
public sealed class DecoderUnavailableException(string message, Exception? innerException = null)
    : VsrException(message, innerException);
