namespace Vsr.Data;

/// <summary>A sample that is to be put into its place in a batch on the device.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Index">Its place there.</param>
/// <param name="Plan">Crop and transforms.</param>
/// <param name="FirstFrame">The window's first frame as the file counts.</param>
internal readonly record struct DeviceSample(DeviceBatch Batch, int Index, SamplePlan Plan, int FirstFrame);
