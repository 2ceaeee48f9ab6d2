using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Vsr.Tests;

namespace Vsr.Video.Tests.Reading;

/// <summary>The oracle of reading: ffmpeg's framemd5 of a file decoded from its start, and ours beside it.</summary>
internal static class FrameMd5
{
    /// <summary>A hash a frame, in ffmpeg's order; empty where ffmpeg gives nothing.</summary>
    public static string[] OfFFmpeg(string path, params string[] inputOptions)
    {
        string[] arguments =
        [
            "-v", "quiet", "-nostdin", "-noautorotate", .. inputOptions, "-i", path,
            "-map", "0:v:0", "-noautoscale", "-fps_mode", "passthrough", "-f", "framemd5", "-",
        ];
        return [.. OracleProgram.TryRun("ffmpeg", arguments).Output.Split('\n')
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line[(line.LastIndexOf(',') + 1)..].Trim())];
    }

    [SuppressMessage("Security", "CA5351", Justification = "framemd5 is what we compare with.")]
    public static string Of(VideoFrame frame) => Convert.ToHexStringLower(MD5.HashData(frame.CopyTight()));

    /// <summary>Our hashes, each frame by a call of its own, in a seeded random order; by frame number.</summary>
    public static string[] InRandomOrder(FrameReader reader, int seed, int? calls = null)
    {
        int[] order = [.. Enumerable.Range(0, reader.FrameCount)];
        new Random(seed).Shuffle(order);
        FrameIndex before = reader.Index;
        string[] hashes = new string[reader.FrameCount];
        foreach (int i in order.Take(calls ?? order.Length))
        {
            using VideoFrame frame = reader.GetFrame(i);
            if (!ReferenceEquals(before, reader.Index))
            {
                return InRandomOrder(reader, seed, calls); // reading found damage and numbered the frames anew
            }

            Assert.Equal(i, frame.Index);
            hashes[i] = Of(frame);
        }

        return hashes;
    }
}
