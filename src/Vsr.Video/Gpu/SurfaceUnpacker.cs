using System.Runtime.InteropServices;
using Vsr.Interop.FFmpeg;

namespace Vsr.Video;

/// <summary>Lays a surface's samples, copied to the host, out as the software decoder does: planes, low bits.</summary>
internal static unsafe class SurfaceUnpacker
{
    /// <summary>Fills a frame of the surface's size, chroma format and depth.</summary>
    /// <param name="host">The surface's bytes, padding included.</param>
    /// <param name="surface">How they lie; its pointer is not used.</param>
    /// <param name="frame">A frame with three planes.</param>
    public static void Unpack(ReadOnlySpan<byte> host, in DeviceSurface surface, AVFrame* frame)
    {
        int planeBytes = surface.PitchBytes * surface.Rows;
        CopyPlane(host[..planeBytes], surface, frame, plane: 0);
        if (!surface.Is420)
        {
            CopyPlane(host.Slice(planeBytes, planeBytes), surface, frame, plane: 1);
            CopyPlane(host.Slice(2 * planeBytes, planeBytes), surface, frame, plane: 2);
            return;
        }

        ReadOnlySpan<byte> chroma = host[planeBytes..];
        int width = (surface.Width + 1) / 2;
        for (int y = 0; y < (surface.Height + 1) / 2; y++)
        {
            ReadOnlySpan<byte> row = chroma.Slice(y * surface.PitchBytes, width * 2 * surface.SampleBytes);
            Span<byte> u = Row(frame, 1, y, width * surface.SampleBytes);
            Span<byte> v = Row(frame, 2, y, width * surface.SampleBytes);
            if (surface.SampleBytes == 1)
            {
                Split(row, u, v);
            }
            else
            {
                Split(Words(row), Words(u), Words(v), 16 - surface.BitDepth);
            }
        }
    }

    private static void CopyPlane(ReadOnlySpan<byte> source, in DeviceSurface surface, AVFrame* frame, int plane)
    {
        int rowBytes = surface.Width * surface.SampleBytes;
        int shift = 16 - surface.BitDepth;
        for (int y = 0; y < surface.Height; y++)
        {
            ReadOnlySpan<byte> row = source.Slice(y * surface.PitchBytes, rowBytes);
            Span<byte> target = Row(frame, plane, y, rowBytes);
            if (surface.SampleBytes == 1)
            {
                row.CopyTo(target);
                continue;
            }

            ReadOnlySpan<ushort> words = Words(row);
            Span<ushort> shifted = Words(target);
            for (int x = 0; x < words.Length; x++)
            {
                shifted[x] = (ushort)(words[x] >> shift);
            }
        }
    }

    private static void Split(ReadOnlySpan<byte> pairs, Span<byte> first, Span<byte> second)
    {
        for (int x = 0; x < first.Length; x++)
        {
            first[x] = pairs[2 * x];
            second[x] = pairs[(2 * x) + 1];
        }
    }

    private static void Split(ReadOnlySpan<ushort> pairs, Span<ushort> first, Span<ushort> second, int shift)
    {
        for (int x = 0; x < first.Length; x++)
        {
            first[x] = (ushort)(pairs[2 * x] >> shift);
            second[x] = (ushort)(pairs[(2 * x) + 1] >> shift);
        }
    }

    private static Span<byte> Row(AVFrame* frame, int plane, int y, int bytes) =>
        new(frame->Data[plane] + ((long)y * frame->Linesize[plane]), bytes);

    private static ReadOnlySpan<ushort> Words(ReadOnlySpan<byte> bytes) => MemoryMarshal.Cast<byte, ushort>(bytes);

    private static Span<ushort> Words(Span<byte> bytes) => MemoryMarshal.Cast<byte, ushort>(bytes);
}
