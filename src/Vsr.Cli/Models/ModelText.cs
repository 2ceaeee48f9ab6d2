using System.Text;

namespace Vsr.Cli.Models;

/// <summary>Networks as lines of text, a paragraph each.</summary>
internal static class ModelText
{
    public static string Of(IEnumerable<ModelEntry> models) => string.Join('\n', models.Select(Of));

    private static string Of(ModelEntry model)
    {
        StringBuilder text = new();
        text.Append(FormattableString.Invariant($"{model.Name,-12}x{model.Scale}: for {model.For}\n"));
        Line("what", model.Description);
        Line("file", model.Path is null ? $"{model.File}, which is not there" : model.Path);
        if (model.Available)
        {
            Line("network", $"{model.Architecture}: {string.Join(", ", model.Settings!.Select(setting => $"{setting.Key} {setting.Value}"))}");
            Line("parameters", FormattableString.Invariant($"{model.Parameters:#,0}"));
            Line("bytes", FormattableString.Invariant($"{model.Bytes:#,0}"));
            Line("SHA-256", model.Sha256!);
            Line("cost", FormattableString.Invariant($"{model.Gmacs:0.0} GMACs a frame of 320x180"));
        }

        return text.ToString();

        void Line(string title, string value) => text.Append($"  {title,-12}{value}\n");
    }
}
