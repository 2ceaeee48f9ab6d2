using System.Text;
using System.Text.Json;

namespace Vsr.Training.Evaluation;

/// <summary>An evaluation of a flow network as JSON: {"pairs": [{name, epe, zero_epe}], "mean": {epe, zero_epe}}, pixels.</summary>
public static class FlowEvaluationJson
{
    /// <summary>Writes the result as indented text. The mean's values are null when no pair was scored.</summary>
    public static string Write(FlowEvaluationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("pairs");
            foreach (FlowPairScore pair in result.Pairs)
            {
                writer.WriteStartObject();
                writer.WriteString("name", pair.Name);
                WriteErrors(writer, pair.Epe, pair.ZeroEpe);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteStartObject("mean");
            WriteErrors(writer, result.Epe, result.ZeroEpe);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteErrors(Utf8JsonWriter writer, double? error, double? zero)
    {
        EvaluationJson.WriteNumber(writer, "epe", error);
        EvaluationJson.WriteNumber(writer, "zero_epe", zero);
    }
}
