namespace Vsr.Models;

/// <summary>The formats of weights files.</summary>
public enum WeightsFormat
{
    /// <summary>safetensors: <see cref="SafetensorsFile"/>.</summary>
    Safetensors,

    /// <summary>PyTorch's since 1.6: a zip file.</summary>
    PyTorchZip,

    /// <summary>PyTorch's up to 1.5: pickles in a row, with the data behind them.</summary>
    PyTorchLegacy,
}
