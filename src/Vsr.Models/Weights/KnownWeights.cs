namespace Vsr.Models;

/// <summary>Tells by names and sizes for which network weights without a description are.</summary>
internal static class KnownWeights
{
    private const long FlowNetSDParameters = 45_371_666;

    // As the layers of FlowNetSD, which is not built here: that would take libtorch and a second's work.
    private static readonly string[] FlowNetSDLayers =
    [
        "conv0.0", "conv1.0", "conv1_1.0", "conv2.0", "conv2_1.0", "conv3.0", "conv3_1.0",
        "conv4.0", "conv4_1.0", "conv5.0", "conv5_1.0", "conv6.0", "conv6_1.0",
        "deconv5.0", "deconv4.0", "deconv3.0", "deconv2.0",
        "inter_conv5.0", "inter_conv4.0", "inter_conv3.0", "inter_conv2.0",
        "predict_flow6", "predict_flow5", "predict_flow4", "predict_flow3", "predict_flow2",
        "upsampled_flow6_to_5", "upsampled_flow5_to_4", "upsampled_flow4_to_3", "upsampled_flow3_to_2",
    ];

    /// <summary>The network's name in <see cref="NetworkCatalog"/>; null when it is none that is known.</summary>
    public static string? Recognize(IReadOnlyList<WeightsEntry> entries) =>
        entries.Count == 2 * FlowNetSDLayers.Length
        && FlowNetSDLayers.SelectMany(layer => (string[])[$"{layer}.weight", $"{layer}.bias"]).ToHashSet().SetEquals(entries.Select(entry => entry.Name))
        && entries.Sum(entry => entry.Count) == FlowNetSDParameters
            ? NetworkCatalog.FlowNetSD
            : null;
}
