using System.Globalization;

namespace Vsr.Models;

/// <summary>Hyper-parameters as text by name, and back with checks.</summary>
internal sealed class NetworkSettings : Dictionary<string, string>
{
    public void Add(string name, int value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    public void Add(string name, bool value) => Add(name, value ? "true" : "false");

    public static void CheckRange(string name, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} {value} is outside {least}..{most}");
        }
    }

    /// <summary>Reads settings of one architecture; names that were not asked for are an error.</summary>
    internal sealed class Reader(string architecture, IReadOnlyDictionary<string, string> settings)
    {
        private readonly HashSet<string> _known = [];

        public int Int(string name, int fallback) =>
            Find(name) is not { } text ? fallback
            : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value
            : throw Wrong(name, text, "a whole number");

        public bool Bool(string name, bool fallback) =>
            Find(name) is not { } text ? fallback
            : bool.TryParse(text, out bool value) ? value
            : throw Wrong(name, text, "true or false");

        public string Choice(string name, string fallback, params string[] choices) =>
            Find(name) is not { } text ? fallback
            : choices.Contains(text) ? text
            : throw Wrong(name, text, string.Join(", ", choices));

        /// <summary>Call after the last value: refuses settings that this architecture does not have.</summary>
        public void Finish()
        {
            string[] unknown = settings.Keys.Where(name => !_known.Contains(name)).Order().ToArray();
            if (unknown.Length > 0)
            {
                throw new ArgumentException(
                    $"network '{architecture}' has no setting {Quote(unknown)}; it has {Quote(_known.Order())}");
            }
        }

        private string? Find(string name)
        {
            _known.Add(name);
            return settings.GetValueOrDefault(name);
        }

        private static string Quote(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));

        private ArgumentException Wrong(string name, string text, string expected) =>
            new($"setting '{name}' of network '{architecture}' is '{text}'; it takes {expected}");
    }
}
