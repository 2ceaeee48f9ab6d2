using System.Globalization;
using System.Text.Json;
using Vsr.Data;
using Vsr.Torch;
using Vsr.Video;
using static TorchSharp.torch;

// Takes some batches of frame sequences from a folder of clips; the next run goes on where this one stopped.
// usage: LoadSequences FOLDER [BATCHES [auto|cpu|cuda]]
string folder = args[0];
int batches = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 10;
string device = args.Length > 2 ? args[2] : "auto";
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

Backend backend = Backend.Load(new BackendOptions { Device = device });
SequenceLoaderOptions options = new()
{
    BatchSize = 4,
    Frames = 3,
    CropWidth = 96,
    CropHeight = 64,
    FlipHorizontal = true,
    Seed = 7,
};
IReadOnlyList<string> clips = ClipFolder.List(folder);      // videos, and folders of .png
CreatedLoader created = SequenceLoaderFactory.Create(clips, options, VideoDecoderKind.Auto, backend.Device);
using ISequenceLoader loader = created.Loader;
Console.WriteLine($"{clips.Count} clips, {loader.WindowsPerEpoch} sequences an epoch, decoded by {created.Decoder} to {backend.Device}");

string stateFile = Path.Combine(folder, "loader-state.json");
if (File.Exists(stateFile))
{
    loader.Restore(JsonSerializer.Deserialize<LoaderState>(File.ReadAllText(stateFile)));
}

for (int i = 0; i < batches; i++)
{
    using SequenceBatch batch = loader.Next();              // Frames: float32 [N, T, 3, H, W], RGB, 0..1, on the device
    using Tensor brightness = batch.Frames.mean([1, 2, 3, 4]);
    foreach ((SampleInfo sample, float mean) in batch.Samples.Zip(brightness.cpu().data<float>()))
    {
        Console.WriteLine($"{Path.GetFileName(sample.Clip)} {string.Join(',', sample.Frames)} at {sample.Crop.X},{sample.Crop.Y}: {mean:F3}");
    }
}

File.WriteAllText(stateFile, JsonSerializer.Serialize(loader.State));
