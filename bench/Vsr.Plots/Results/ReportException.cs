namespace Vsr.Plots.Results;

/// <summary>The folder of an experiment is not what the report needs; the message says what is wrong.</summary>
internal sealed class ReportException(string message) : Exception(message);
