namespace Vsr.Data;

/// <summary>The three files of a pair of pictures whose flow is known.</summary>
/// <param name="Name">What their names begin with.</param>
/// <param name="First">NAME-img0.png.</param>
/// <param name="Second">NAME-img1.png.</param>
/// <param name="Truth">NAME-gt.flo: first(p) = second(p + flow(p)).</param>
public sealed record FlowPairFiles(string Name, string First, string Second, string Truth);
