namespace Vsr.Training.Schedules;

/// <summary>The learning rate over a run, as a factor of the base rate.</summary>
public interface ILearningRateSchedule
{
    /// <summary>The factor, 0..1, for the step about to be made.</summary>
    /// <param name="stepsMade">Steps made so far, from 0.</param>
    /// <param name="fraction">How much of the run is over, 0..1, by steps or by time.</param>
    double Factor(long stepsMade, double fraction);
}
