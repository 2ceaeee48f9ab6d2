namespace Vsr.Data.Preparation;

/// <summary>Prepares a whole data set of films, as the example's prepare_data.sh does: scenes, then copies in each size.</summary>
public static class DataPreparation
{
    /// <summary>Splits and transcodes.</summary>
    /// <param name="options">What to prepare and how.</param>
    /// <param name="observer">Is told how it goes on; null for nobody.</param>
    /// <param name="cancellation">Stops after the present frames; what is finished stays, nothing half-written does.</param>
    /// <returns>The outcome of each step, the splitting first. Films and scenes that fail are among its failures.</returns>
    /// <exception cref="ArgumentException">An option is out of range, or two contradict each other.</exception>
    /// <exception cref="VsrException">A name is wrong, a folder was begun with other settings, or the disk is full.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IReadOnlyList<PreparationResult> Run(
        DataPreparationOptions options, IPreparationObserver? observer = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        List<PreparationResult> results = [new SceneSplitter(options.Split).Run(observer, cancellation)];
        if (results[0].Made + results[0].Skipped > 0)
        {
            foreach (TranscodeOptions transcoding in options.Transcodings)
            {
                results.Add(new SceneTranscoder(transcoding).Run(observer, cancellation));
            }
        }

        return results;
    }
}
