using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Data.Tests;

/// <summary>Decoded in software, delivered to the GPU.</summary>
[Trait("Category", "Gpu")]
public sealed class SoftwareCodedLoaderGpuTests(CodedFiles files) : CodedLoaderTests(files)
{
    private readonly Device _device = TorchTestBackend.RequireCuda(); // skips before files are written

    protected override ISequenceLoader Create(IClipSource source, SequenceLoaderOptions options) =>
        new VideoSequenceLoader(source, options, _device);
}
