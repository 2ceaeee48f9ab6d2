using System.Text.Json.Serialization;

namespace Vsr.Cli.Bench;

/// <summary>The serializer of <see cref="LoaderReport"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(LoaderReport))]
internal sealed partial class LoaderJson : JsonSerializerContext;
