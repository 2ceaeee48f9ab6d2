namespace Vsr.Data.Preparation;

/// <summary>Is told how a preparation goes on. Calls may come from several threads, one at a time.</summary>
public interface IPreparationObserver
{
    /// <summary>How far the work is.</summary>
    void Report(PreparationProgress progress);

    /// <summary>One line that the user should read: what is left out, enlarged or unusual.</summary>
    void Note(string line);
}
