using static TorchSharp.torch;

namespace Vsr.Models;

/// <summary>Records work on a device, after running it a few times; a CUDA graph, or a stand-in for tests.</summary>
internal delegate Recording Recorder(Device device, Action work);
