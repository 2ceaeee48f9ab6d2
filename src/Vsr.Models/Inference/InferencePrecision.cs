namespace Vsr.Models;

/// <summary>The number type of a network's convolutions when upscaling; sums of flow, warps and the skip are float32 in both.</summary>
public enum InferencePrecision
{
    /// <summary>32-bit floating point.</summary>
    Fp32,

    /// <summary>16-bit brain floating point: about twice as fast on GPUs that have it; the output differs by about half an 8-bit level at most.</summary>
    Bf16,
}
