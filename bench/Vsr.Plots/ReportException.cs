namespace Vsr.Plots;

/// <summary>What runs left is not what a page or a plot needs; the message says what is wrong.</summary>
internal sealed class ReportException(string message) : Exception(message);
