using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Vsr.Interop.Nvcuvid;

namespace Vsr.Video;

/// <summary>The parser and its callbacks, which run on the reading thread within a call of the parser.</summary>
internal sealed unsafe partial class NvdecDecoder
{
    // 0 tells the parser that the callback failed.
    private const int Failed = 0;
    private const int Done = 1;

    // Pictures are decoded however damaged they are; the engine's status tells.
    private const int DecodeAlways = 100;

    [UnmanagedCallersOnly]
    private static int OnSequence(nint self, CuvidFormat* format)
    {
        NvdecDecoder decoder = Of(self);
        try
        {
            return decoder._failure is null ? decoder.UseSequence(*format) : Failed;
        }
        catch (Exception failure)
        {
            return decoder.Keep(failure);
        }
    }

    [UnmanagedCallersOnly]
    private static int OnPicture(nint self, CuvidPicture* picture)
    {
        NvdecDecoder decoder = Of(self);
        try
        {
            return decoder._failure is null ? decoder.Decode(picture) : Failed;
        }
        catch (Exception failure)
        {
            return decoder.Keep(failure);
        }
    }

    [UnmanagedCallersOnly]
    private static int OnDisplay(nint self, CuvidDisplayInfo* info)
    {
        NvdecDecoder decoder = Of(self);
        try
        {
            // Null: the end of the stream.
            return info is null ? Done : decoder._failure is null ? decoder.Show(*info) : Failed;
        }
        catch (Exception failure)
        {
            return decoder.Keep(failure);
        }
    }

    private static NvdecDecoder Of(nint self) => (NvdecDecoder)GCHandle.FromIntPtr(self).Target!;

    private nint CreateParser()
    {
        CuvidParserParameters parameters = new()
        {
            Codec = NvdecCapabilities.CodecNumber(Key.Codec)!.Value,
            MaxNumDecodeSurfaces = 1, // the sequence callback says how many
            ErrorThreshold = DecodeAlways,
            MaxDisplayDelay = 0,
            UserData = GCHandle.ToIntPtr(_self),
            SequenceCallback = (nint)(delegate* unmanaged<nint, CuvidFormat*, int>)&OnSequence,
            DecodePicture = (nint)(delegate* unmanaged<nint, CuvidPicture*, int>)&OnPicture,
            DisplayPicture = (nint)(delegate* unmanaged<nint, CuvidDisplayInfo*, int>)&OnDisplay,
        };
        nint parser;
        _driver.Check(_cuvid.CreateVideoParser(&parser, &parameters), "cuvidCreateVideoParser");
        return parser;
    }

    private void Parse(CuvidPacket packet)
    {
        int result = _cuvid.ParseVideoData(_parser, &packet);
        if (_failure is { } failure)
        {
            _failure = null;
            failure.Throw();
        }

        _driver.Check(result, "cuvidParseVideoData");
    }

    private int Keep(Exception failure)
    {
        _failure ??= ExceptionDispatchInfo.Capture(failure);
        return Failed;
    }

    private int Decode(CuvidPicture* picture)
    {
        int index = picture->CurrPicIdx;
        if (picture->SecondField == 0)
        {
            Land(index);
        }

        int result = _cuvid.DecodePicture(_session, picture);
        if (result != 0 && !_fed.MayFail)
        {
            _driver.Check(result, "cuvidDecodePicture");
        }

        Note(index, result == 0 && !_showsInOrder ? _fed : _fed with { MayFail = true });
        _came = index;
        _clip!.Decoded += picture->SecondField == 0 ? 1 : 0;
        return Done;
    }

    private int Show(in CuvidDisplayInfo info)
    {
        // Pictures of the other codecs are told by the decode callback. Their timestamps here would be of no use: one that is no
        // reference gives its place to the next picture before it is shown (seen with driver 580).
        if (_showsInOrder && _outstanding.Remove((int)info.Timestamp, out int frame))
        {
            _pending.Add((frame, info.PictureIndex));
            if (Key.Codec == "av1")
            {
                MapPending(); // film grain makes a picture beside the decoded one, whose place no callback tells
            }
        }

        return Done;
    }
}
