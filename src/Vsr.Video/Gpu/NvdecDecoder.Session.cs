using Vsr.Interop.Nvcuvid;

namespace Vsr.Video;

/// <summary>The session of an engine: made, reconfigured, destroyed.</summary>
internal sealed unsafe partial class NvdecDecoder
{
    private int _largestWidth;
    private int _largestHeight;
    private nint _session;
    private int _sessionSurfaces;
    private (int Width, int Height) _output;                 // of all surfaces that the session puts out
    private SurfaceShape _shape;

    // Called before the first picture, after each end of stream, and where a sequence header changes.
    private int UseSequence(in CuvidFormat format)
    {
        SurfaceShape shape = SurfaceShape.Of(format, _clip!.Feeder.Crop, _clip.Stream.Width, _clip.Stream.Height);
        CheckFormat(format, shape);
        int surfaces = format.MinNumDecodeSurfaces + _options.ExtraSurfaces;
        bool fits = _session != 0 && surfaces <= _sessionSurfaces
            && shape.CodedWidth <= _largestWidth && shape.CodedHeight <= _largestHeight;
        if (!fits)
        {
            MapPending();
            UnmapAll();
            DestroySession();
            CreateSession(shape, Math.Max(surfaces, _sessionSurfaces));
        }
        else if (shape != _shape)
        {
            MapPending();
            UnmapAll();
            Reconfigure(shape);
        }

        return _sessionSurfaces;
    }

    private void CheckFormat(in CuvidFormat format, in SurfaceShape shape)
    {
        NvdecClip clip = _clip!;
        int bits = format.BitDepthLumaMinus8 + 8;
        if (format.Chroma != Key.Chroma || bits != Key.BitDepth || format.BitDepthChromaMinus8 != format.BitDepthLumaMinus8)
        {
            throw new VideoFormatException(
                $"at {Position} the picture's format is not {Key} (chroma format {format.Chroma}, {bits} and "
                + $"{format.BitDepthChromaMinus8 + 8} bits), which NVDEC reading does not follow", clip.Path)
            { Frame = _fed.Frame };
        }

        if (shape.Width != clip.Stream.Width || shape.Height != clip.Stream.Height)
        {
            throw new VideoFormatException(
                $"at {Position} the picture is {shape.Width}x{shape.Height}, the stream {clip.Stream.Width}x{clip.Stream.Height}: "
                + "NVDEC reading does not follow a change of size", clip.Path)
            { Frame = _fed.Frame };
        }
    }

    private void CreateSession(in SurfaceShape shape, int surfaces)
    {
        _largestWidth = Math.Max(_largestWidth, shape.CodedWidth);
        _largestHeight = Math.Max(_largestHeight, shape.CodedHeight);
        _output = ((_largestWidth + 3) / 4 * 4, _largestHeight + (_largestHeight & 1));
        CuvidCreateInfo info = new()
        {
            Width = (ulong)shape.CodedWidth,
            Height = (ulong)shape.CodedHeight,
            NumDecodeSurfaces = (ulong)surfaces,
            Codec = NvdecCapabilities.CodecNumber(Key.Codec)!.Value,
            Chroma = Key.Chroma,
            CreationFlags = CuvidConstants.CreatePreferCuvid,
            BitDepthMinus8 = (ulong)(Key.BitDepth - 8),
            MaxWidth = (ulong)_largestWidth,
            MaxHeight = (ulong)_largestHeight,
            DisplayArea = shape.Area,
            OutputFormat = (int)Key.Format,
            DeinterlaceMode = CuvidConstants.DeinterlaceWeave,
            TargetWidth = (ulong)_output.Width,
            TargetHeight = (ulong)_output.Height,
            TargetArea = shape.Area,
            NumOutputSurfaces = (ulong)_options.OutputSurfaces,
        };
        nint session;
        _driver.Check(
            _cuvid.CreateDecoder(&session, &info),
            $"cuvidCreateDecoder for {Key} {shape.CodedWidth}x{shape.CodedHeight} of at most {_largestWidth}x{_largestHeight} "
            + $"with {surfaces} surfaces");
        _session = session;
        _sessionSurfaces = surfaces;
        _shape = shape;
        Sessions = (Sessions.Created + 1, Sessions.Reconfigured);
    }

    // The size of the surfaces stays that of the largest picture: the driver keeps the memory of surfaces that it made for a smaller
    // one and writes beyond its end (seen with driver 580).
    private void Reconfigure(in SurfaceShape shape)
    {
        CuvidReconfigureInfo info = new()
        {
            Width = (uint)shape.CodedWidth,
            Height = (uint)shape.CodedHeight,
            TargetWidth = (uint)_output.Width,
            TargetHeight = (uint)_output.Height,
            TargetArea = shape.Area,
            NumDecodeSurfaces = (uint)_sessionSurfaces,
            DisplayArea = shape.Area,
        };
        ForgetPictures();
        _driver.Check(
            _cuvid.ReconfigureDecoder(_session, &info), $"cuvidReconfigureDecoder to {shape.CodedWidth}x{shape.CodedHeight}");
        _shape = shape;
        Sessions = (Sessions.Created, Sessions.Reconfigured + 1);
    }

    private void DestroySession()
    {
        ForgetPictures();
        nint session = _session;
        _session = 0;
        if (session != 0)
        {
            _driver.Check(_cuvid.DestroyDecoder(session), "cuvidDestroyDecoder");
        }
    }
}
