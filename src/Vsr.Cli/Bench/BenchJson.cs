using System.Text.Json.Serialization;
using Vsr.Cli.Bench.Networks;
using Vsr.Cli.Bench.Training;

namespace Vsr.Cli.Bench;

/// <summary>The serializer of <see cref="BenchReport{TRow}"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(BenchReport<LoaderRow>))]
[JsonSerializable(typeof(BenchReport<TrainRow>))]
[JsonSerializable(typeof(BenchReport<NetworkRow>))]
internal sealed partial class BenchJson : JsonSerializerContext;
