using Vsr.Models;
using Vsr.Video;

namespace Vsr.Upscaling;

/// <summary>Which of the shipped networks a video gets when nobody chooses one: the first of a list whose file is there.</summary>
/// <remarks>
/// <para>x4, source without loss: full on a GPU; fast, full on the CPU.</para>
/// <para>x4, source of a lossy codec: compressed, full on a GPU; compressed, fast, full on the CPU.</para>
/// <para>x2: x2. Other factors: none.</para>
/// Clean networks amplify what a codec left, so on the CPU, too, the one for compressed video goes before the fast one,
/// though it takes longer.
/// </remarks>
public static class DefaultModel
{
    /// <summary>Chooses.</summary>
    /// <param name="stream">The video stream.</param>
    /// <param name="onGpu">Whether the network will run on a GPU.</param>
    /// <param name="scale">S.</param>
    /// <returns>The network and why; null where no network of the list is there.</returns>
    public static ModelChoice? Choose(VideoStreamInfo stream, bool onGpu, int scale = 4)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Choose(stream.Codec, stream.IsLossless, onGpu, scale, ShippedModels.List());
    }

    internal static ModelChoice? Choose(string codec, bool isLossless, bool onGpu, int scale, IReadOnlyList<ShippedModel> models)
    {
        ShippedModel[] wanted = [.. Wanted(isLossless, onGpu, scale).Select(name => models.Single(model => model.Name == name))];
        if (wanted.FirstOrDefault(model => model.IsAvailable) is not { } chosen)
        {
            return null;
        }

        string source = isLossless ? $"{codec} is lossless" : $"{codec} is a lossy codec";
        string reason = scale != 4 ? $"--scale {scale}" : onGpu ? source : $"{source}, on the CPU";
        string[] missing = [.. wanted.TakeWhile(model => model != chosen).Select(model => model.Name)];
        string instead = missing.Length switch
        {
            0 => "",
            1 => $", and model {missing[0]} is not there",
            _ => $", and models {string.Join(" and ", missing)} are not there",
        };
        return new ModelChoice(chosen, $"{reason}{instead}{Advice(chosen.Name, isLossless, onGpu, models)}");
    }

    private static string[] Wanted(bool isLossless, bool onGpu, int scale) => (scale, isLossless, onGpu) switch
    {
        (4, true, true) => [ShippedModels.Full],
        (4, true, false) => [ShippedModels.Fast, ShippedModels.Full],
        (4, false, true) => [ShippedModels.Compressed, ShippedModels.Full],
        (4, false, false) => [ShippedModels.Compressed, ShippedModels.Fast, ShippedModels.Full],
        (2, _, _) => [ShippedModels.X2],
        _ => [],
    };

    // What to type for the other choice that many will want.
    private static string Advice(string name, bool isLossless, bool onGpu, IReadOnlyList<ShippedModel> models) => name switch
    {
        ShippedModels.Compressed when !onGpu && IsThere(ShippedModels.Fast, models) =>
            "; --model fast takes a fraction of the time, --clean if the picture is clean",
        ShippedModels.Compressed => "; --clean if the picture is clean",
        ShippedModels.Fast when isLossless && IsThere(ShippedModels.Full, models) => "; --model full is better and takes much longer",
        _ => "",
    };

    private static bool IsThere(string name, IReadOnlyList<ShippedModel> models) => models.Any(model => model.Name == name && model.IsAvailable);
}
