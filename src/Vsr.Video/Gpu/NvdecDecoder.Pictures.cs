using Vsr.Interop.Nvcuvid;

namespace Vsr.Video;

/// <summary>Decoded pictures in their places, mapped for reading, and given back when the work that reads them is done.</summary>
internal sealed unsafe partial class NvdecDecoder
{
    private readonly Stack<nint> _freeEvents = [];
    private readonly Queue<(ulong Pointer, int Picture, nint Done)> _mapped = [];
    private Picture[] _pictures = [];

    /// <summary>What lies in a place: the packet, or -1, whether it is exact, and whether the engine's status was seen.</summary>
    private readonly record struct Picture(int Packet, int Frame, bool IsExact, bool IsChecked);

    private static readonly Picture Nothing = new(-1, -1, false, true);

    private void ForgetPictures() => Array.Fill(_pictures, Nothing);

    private void Note(int index, in FedPacket packet)
    {
        if (index >= _pictures.Length)
        {
            int before = _pictures.Length;
            Array.Resize(ref _pictures, index + 1);
            Array.Fill(_pictures, Nothing, before, index + 1 - before);
        }

        _pictures[index] = new Picture(packet.Number, packet.Frame, !packet.MayFail, packet.MayFail);
    }

    private int FindPicture(int packet) => Array.FindIndex(_pictures, picture => picture.Packet == packet && picture.IsExact);

    // Before a place is overwritten, what it holds is mapped if it is wanted.
    private void Land(int index)
    {
        int place = _pending.FindIndex(wanted => wanted.Picture == index);
        if (place >= 0)
        {
            int frame = _pending[place].Frame;
            _pending.RemoveAt(place);
            Map(frame, index);
        }
        else if ((uint)index < (uint)_pictures.Length && !_pictures[index].IsChecked)
        {
            CheckStatus(index);
        }
    }

    // The engine decodes in the order of packets: when the last one is done, no other has to be waited for.
    private void MapPending()
    {
        if (_pending.Count > 0)
        {
            WaitForPicture(_pending[^1].Frame, _pending[^1].Picture);
        }

        while (_pending.Count > 0)
        {
            (int frame, int index) = _pending[0];
            _pending.RemoveAt(0);
            Map(frame, index);
        }
    }

    private void WaitForPicture(int frame, int index)
    {
        _frame = frame;
        if (_options.PollMicroseconds > 0)
        {
            WaitFor(_decoding, () => Status(index) != CuvidConstants.StatusInProgress, "decoding");
        }
    }

    private void Map(int frame, int index)
    {
        WaitForPicture(frame, index);
        while (_mapped.Count >= _options.OutputSurfaces || IsMapped(index))
        {
            UnmapOldest();                                   // a place is mapped once at a time, whatever picture it held then
        }

        CuvidProcessing processing = new() { ProgressiveFrame = 1, OutputStream = Stream };
        ulong pointer;
        uint pitch;
        _driver.Check(_cuvid.MapVideoFrame(_session, index, &pointer, &pitch, &processing), "cuvidMapVideoFrame");
        nint done = _freeEvents.Pop();
        try
        {
            CheckStatusesTo((uint)index < (uint)_pictures.Length ? _pictures[index].Packet : int.MaxValue);
            DeviceSurface surface = new(
                (nint)pointer, (int)pitch, _output.Height, _output.Width, _output.Height, Key.Format, Key.BitDepth);
            _consume!(frame, surface.Part(_shape.Left, _shape.Top, _shape.Width, _shape.Height), Stream);
            _clip!.Delivered++;
        }
        finally
        {
            _mapped.Enqueue((pointer, index, done));
            _driver.RecordEvent(done, Stream);
        }
    }

    private bool IsMapped(int index)
    {
        foreach ((_, int picture, _) in _mapped)
        {
            if (picture == index)
            {
                return true;
            }
        }

        return false;
    }

    private void UnmapOldest()
    {
        (ulong pointer, _, nint done) = _mapped.Dequeue();
        _freeEvents.Push(done);
        WaitFor(_reading, () => _driver.IsEventDone(done), "the work that reads a picture");
        _driver.Check(_cuvid.UnmapVideoFrame(_session, pointer), "cuvidUnmapVideoFrame");
    }

    private void UnmapAll()
    {
        while (_mapped.Count > 0)
        {
            UnmapOldest();
        }
    }

    // The engine's word on a picture; -1 where it does not say, as for VP9.
    private int Status(int index)
    {
        CuvidDecodeStatus status = default;
        return _cuvid.GetDecodeStatus(_session, index, &status) == 0 ? status.DecodeStatus : -1;
    }

    // A reference that was damaged damages what is delivered, too; a later picture does not.
    private void CheckStatusesTo(int packet)
    {
        for (int index = 0; index < _pictures.Length; index++)
        {
            if (!_pictures[index].IsChecked && _pictures[index].Packet <= packet)
            {
                CheckStatus(index);
            }
        }
    }

    private void CheckStatus(int index)
    {
        int status = Status(index);
        if (status == CuvidConstants.StatusInProgress)
        {
            return;
        }

        Picture picture = _pictures[index];
        _pictures[index] = picture with { IsChecked = true };
        if (status is CuvidConstants.StatusError or CuvidConstants.StatusErrorConcealed && !_clip!.MayDiffer)
        {
            throw new VideoFormatException(
                $"the GPU's engine reports damage in packet {picture.Packet}, frame {picture.Frame} (status {status})", _clip.Path)
            { Frame = picture.Frame };
        }
    }

    /// <summary>Waits until all work on the stream is done.</summary>
    /// <exception cref="NvdecTimeoutException">It takes longer than the deadline.</exception>
    internal void WaitForStream()
    {
        nint done = _driver.CreateEvent(timed: false);
        try
        {
            _driver.RecordEvent(done, Stream);
            WaitFor(_reading, () => _driver.IsEventDone(done), "the work that reads pictures");
        }
        finally
        {
            _driver.DestroyEvent(done);
        }
    }

    private void WaitFor(PollingWait wait, Func<bool> isDone, string what)
    {
        if (!wait.Until(isDone, _options.DeadlineMilliseconds))
        {
            _isAbandoned = true;
            throw new NvdecTimeoutException($"{what} was not done within {_options.DeadlineMilliseconds} ms");
        }
    }
}
