using Vsr.Tests;
using static TorchSharp.torch;

namespace Vsr.Data.Tests;

public sealed class SoftwareCodedLoaderTests(CodedFiles files) : CodedLoaderTests(files)
{
    protected override ISequenceLoader Create(IClipSource source, SequenceLoaderOptions options)
    {
        TorchTestBackend.Ensure();
        return new VideoSequenceLoader(source, options, CPU);
    }
}
