using Vsr.Data.Synthesis.Drawing;
using Vsr.Video;

namespace Vsr.Data.Synthesis;

/// <summary>Pictures that the program draws itself, without noise: writing, line art, patterns, gradients; to be set in motion like photographs.</summary>
/// <remarks>
/// Picture j depends on (seed, j) and on nothing else, to the bit, on every machine. Pictures are about 800x600 and antialiased: none has a
/// structure finer than its pixels can hold. The letters are of made-up alphabets.
/// </remarks>
public static class DrawnStills
{
    /// <summary>The most pictures that a run takes: 10000, which are 15 GB in memory and as much again on the device while sequences are rendered.</summary>
    public const int MostPictures = 10_000;

    /// <summary>Counts up when a seed begins to give other pictures.</summary>
    internal const int Version = 1;

    /// <summary>Draws one picture.</summary>
    /// <param name="seed">What pictures are drawn from.</param>
    /// <param name="number">Which one, from 0.</param>
    /// <returns>Planar RGB of 8 bits.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="number"/> is below 0.</exception>
    public static RgbImage Draw(ulong seed, int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        return PictureComposer.Draw(seed, number);
    }

    /// <summary>Draws the first pictures of a seed, several at a time.</summary>
    /// <param name="count">How many, 0 to <see cref="MostPictures"/>.</param>
    /// <param name="seed">What they are drawn from.</param>
    /// <param name="threads">How many at a time; null for one a processor.</param>
    /// <param name="cancellation">Stops between two pictures.</param>
    /// <returns>The pictures in order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IReadOnlyList<RgbImage> DrawAll(int count, ulong seed, int? threads = null, CancellationToken cancellation = default)
    {
        RgbImage[] pictures = new RgbImage[Math.Clamp(count, 0, MostPictures)];
        ForEach(count, seed, (number, picture) => pictures[number] = picture, threads, cancellation);
        return pictures;
    }

    /// <summary>Draws the first pictures of a seed, several at a time, and keeps none.</summary>
    /// <param name="count">How many, 0 to <see cref="MostPictures"/>.</param>
    /// <param name="seed">What they are drawn from.</param>
    /// <param name="take">Is given each picture's number and the picture, in any order and on several threads.</param>
    /// <param name="threads">How many at a time; null for one a processor.</param>
    /// <param name="cancellation">Stops between two pictures.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal static void ForEach(
        int count, ulong seed, Action<int, RgbImage> take, int? threads = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MostPictures);
        int most = threads ?? Environment.ProcessorCount;
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1, nameof(threads));
        Parallel.For(
            0, count, new ParallelOptions { MaxDegreeOfParallelism = most, CancellationToken = cancellation },
            number => take(number, Draw(seed, number)));
    }
}
