using Vsr.Tests;

namespace Vsr.Models.Tests.PyTorch;

/// <summary>The first bytes tell formats apart, whatever the lengths in them.</summary>
public class PyTorchFormatTests
{
    /// <summary>The lowest byte of the header's length is a pickle's first byte, 0x80, for some length of the metadata.</summary>
    [Fact]
    public void SafetensorsOfEveryLengthOfHeaderAreSafetensors()
    {
        TorchTestBackend.Ensure();
        using TemporaryFolder folder = new();
        string path = folder.File("w.safetensors");
        using CompactFlow network = new(new CompactFlowOptions { Channels = 8, Levels = 1 });
        HashSet<byte> firstBytes = [];
        for (int length = 0; length < 256; length++)
        {
            NetworkWeights.Save(network, path, metadata: new Dictionary<string, string> { ["text"] = new('x', length) });
            firstBytes.Add(File.ReadAllBytes(path)[0]);

            using WeightsFile file = WeightsFile.Open(path);
            Assert.Equal((WeightsFormat.Safetensors, length), (file.Format, file.Metadata["text"].Length));
        }

        Assert.Contains((byte)0x80, firstBytes);
    }
}
