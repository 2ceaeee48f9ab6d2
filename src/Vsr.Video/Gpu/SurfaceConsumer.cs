namespace Vsr.Video;

/// <summary>Takes a decoded picture: queues work that reads it, on the given stream, and does not wait for it.</summary>
/// <param name="frame">The number of the frame.</param>
/// <param name="surface">The picture; it stays until the stream has passed the work that was queued.</param>
/// <param name="stream">The decoder's CUDA stream; the picture is there for work queued on it.</param>
internal delegate void SurfaceConsumer(int frame, in DeviceSurface surface, nint stream);
