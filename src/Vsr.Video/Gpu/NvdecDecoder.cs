using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Vsr.Interop.Cuda;
using Vsr.Interop.FFmpeg;
using Vsr.Interop.Nvcuvid;

namespace Vsr.Video;

/// <summary>A parser, a decoder session of an NVDEC engine, and a CUDA stream of its own.</summary>
/// <remarks>
/// Used by one thread at a time, any thread. The session is made by the first sequence header, for the largest size that
/// was asked for, and reconfigured for others, as making one takes about 40 ms and destroying one 230 ms.
/// A picture's place in the session (its picture index) is overwritten only by a call of ours, in the decode callback:
/// wanted pictures are mapped late, at the latest just before that, so that the engine has work while earlier pictures are
/// waited for.
/// </remarks>
internal sealed unsafe partial class NvdecDecoder : IPictureDecoder, IDisposable
{
    private readonly GpuContext _context;
    private readonly NvdecOptions _options;
    private readonly CudaDriver _driver = CudaDriver.Instance;
    private readonly NvcuvidLibrary _cuvid = NvcuvidLibrary.Instance;

    // VP8, VP9 and AV1 show hidden pictures later, by packets without a picture of their own: only the display callback
    // tells. They do not reorder, so that it comes at once.
    private readonly bool _showsInOrder;
    private readonly Dictionary<int, int> _outstanding = [];
    private readonly List<(int Frame, int Picture)> _pending = [];
    private readonly PollingWait _decoding;
    private readonly PollingWait _reading;
    private GCHandle _self;
    private nint _parser;
    private NvdecClip? _clip;
    private SurfaceConsumer? _consume;
    private FedPacket _fed;
    private int _came;
    private int _frame = -1;
    private bool _isClean = true;
    private bool _isAbandoned;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Makes parser and stream; the session comes with the first picture.</summary>
    /// <param name="context">The GPU; to be disposed later.</param>
    /// <param name="key">The kind of video.</param>
    /// <param name="largestWidth">The largest width that is expected; a larger one costs a new session.</param>
    /// <param name="largestHeight">The largest height that is expected.</param>
    /// <param name="options">How it works; null for the defaults.</param>
    public NvdecDecoder(GpuContext context, NvdecKey key, int largestWidth, int largestHeight, NvdecOptions? options = null)
    {
        _context = context;
        _options = options ?? new NvdecOptions();
        _decoding = new PollingWait(_options.PollMicroseconds);
        _reading = new PollingWait(_options.PollMicroseconds);
        Key = key;
        _largestWidth = largestWidth;
        _largestHeight = largestHeight;
        _showsInOrder = key.Codec is "vp8" or "vp9" or "av1";
        context.MakeCurrent();
        _self = GCHandle.Alloc(this);
        try
        {
            Stream = _driver.CreateStream();
            for (int i = 0; i < _options.OutputSurfaces; i++)
            {
                _freeEvents.Push(_driver.CreateEvent(timed: false));
            }

            _parser = CreateParser();
        }
        catch (CudaDriverException failure)
        {
            Dispose();
            throw new VsrException($"no decoder for {key} on GPU {context.Device}: {failure.Message}", failure);
        }
    }

    /// <summary>The kind of video it decodes.</summary>
    public NvdecKey Key { get; }

    /// <summary>The stream on which pictures are made and read. Not blocked by the legacy default stream.</summary>
    public nint Stream { get; private set; }

    /// <summary>Whether it must not be used again.</summary>
    public bool IsBroken { get; private set; }

    /// <inheritdoc/>
    public object? Owner { get; set; }

    /// <summary>How often a session was made, and reconfigured.</summary>
    public (int Created, int Reconfigured) Sessions { get; private set; }

    /// <summary>Where it is, for messages.</summary>
    public string Position => $"frame {_frame} (packet {_fed.Number} was given last)";

    /// <inheritdoc/>
    public void Begin()
    {
        if (!_isClean)
        {
            _fed = new FedPacket(-1, -1, IsWanted: false, MayFail: true);
            Parse(new CuvidPacket { Flags = CuvidConstants.PacketEndOfStream });
            _isClean = true;
        }

        if (!ReferenceEquals(Owner, _clip!.Feeder))
        {
            ForgetPictures();
        }
    }

    /// <inheritdoc/>
    public bool Feed(AVPacket* packet, in FedPacket note)
    {
        _fed = note;
        _frame = note.Frame;
        _isClean = false;
        _came = -1;
        if (_showsInOrder && note.IsWanted)
        {
            _outstanding.Add(note.Number, note.Frame);
        }

        Parse(new CuvidPacket
        {
            Flags = CuvidConstants.PacketTimestamp | CuvidConstants.PacketEndOfPicture,
            Payload = (nint)packet->Data,
            PayloadSize = (ulong)packet->Size,
            Timestamp = note.Number,
        });
        if (_showsInOrder)
        {
            return true;
        }

        if (_came >= 0 && note.IsWanted)
        {
            _pending.Add((note.Frame, _came));
        }

        return _came >= 0;
    }

    /// <inheritdoc/>
    public bool Holds(int packet) => FindPicture(packet) >= 0;

    /// <inheritdoc/>
    public void Deliver(int packet, int frame) => _pending.Add((frame, FindPicture(packet)));

    /// <inheritdoc/>
    public bool Finish()
    {
        bool isComplete = _outstanding.Count == 0;
        if (!isComplete)
        {
            Parse(new CuvidPacket { Flags = CuvidConstants.PacketEndOfStream });
        }

        MapPending();
        foreach ((int packet, int frame) in _outstanding)
        {
            throw new VideoFormatException($"the GPU's decoder does not show packet {packet}, frame {frame}", _clip!.Path)
            { Frame = frame };
        }

        return isComplete;
    }

    /// <summary>Takes a clip to decode and the consumer of its pictures.</summary>
    internal void Attach(NvdecClip clip, SurfaceConsumer consume)
    {
        ObjectDisposedException.ThrowIf(!_self.IsAllocated, this);
        if (IsBroken)
        {
            throw new VsrException($"{clip.Path}: its decoder on GPU {_context.Device} failed before and cannot be used again");
        }

        if (clip.Key != Key)
        {
            throw new ArgumentException($"{clip.Path} is {clip.Key}, the decoder is for {Key}", nameof(clip));
        }

        _context.MakeCurrent();
        _clip = clip;
        _consume = consume;
    }

    /// <summary>Lets go of the clip.</summary>
    internal void Detach()
    {
        _clip = null;
        _consume = null;
    }

    /// <summary>Throws away what it was doing after a failure.</summary>
    internal void Abandon(bool isBroken)
    {
        IsBroken |= isBroken;
        Owner = null;
        _failure = null;
        _pending.Clear();
        _outstanding.Clear();
        ForgetPictures();
    }

    /// <summary>Waits for the work that reads its pictures and frees everything; 230 ms where a session was made.</summary>
    public void Dispose()
    {
        if (!_self.IsAllocated)
        {
            return;
        }

        // A driver call on an engine that is stuck may never return: its memory stays until the process ends.
        if (!_isAbandoned)
        {
            _context.MakeCurrent();
            try
            {
                UnmapAll();
                DestroySession();
            }
            catch (Exception failure) when (failure is CudaDriverException or NvdecTimeoutException)
            {
                IsBroken = true;
            }
        }

        if (_parser != 0)
        {
            _ = _cuvid.DestroyVideoParser(_parser);
        }

        if (!_isAbandoned)
        {
            while (_freeEvents.TryPop(out nint handle))
            {
                _driver.DestroyEvent(handle);
            }

            if (Stream != 0)
            {
                _driver.DestroyStream(Stream);
            }
        }

        _parser = 0;
        Stream = 0;
        _self.Free();
    }
}
