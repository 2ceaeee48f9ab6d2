namespace Vsr.Data.Preparation;

/// <summary>A file that could not be prepared; the others were.</summary>
/// <param name="File">Its path.</param>
/// <param name="Message">What is wrong with it.</param>
public sealed record PreparationFailure(string File, string Message);
