using System.Globalization;

namespace Vsr.Training.Logging;

/// <summary>The messages of TensorBoard's hyper-parameter plug-in, from tensorboard/plugins/hparams/plugin_data.proto and api.proto.</summary>
/// <remarks>
/// HParamsPluginData { version = 1; Experiment experiment = 2; SessionStartInfo = 3; SessionEndInfo = 4 },
/// Experiment { repeated HParamInfo hparam_infos = 4 { name = 1; DataType type = 4 }; repeated MetricInfo metric_infos = 5 { MetricName
/// name = 1 { tag = 2 } } }, SessionStartInfo { map hparams = 1; start_time_secs = 5 }, SessionEndInfo { status = 1; end_time_secs = 2 }.
/// </remarks>
internal static class HyperParameterEncoder
{
    private const int TextType = 1, FlagType = 2, NumberType = 3;
    private const int Success = 1;

    /// <summary>Which parameters there are and which scalars measure a run.</summary>
    public static EventEncoder Experiment(IReadOnlyDictionary<string, object> parameters, IEnumerable<string> metricTags)
    {
        EventEncoder experiment = new();
        foreach ((string name, object value) in Sorted(parameters))
        {
            experiment.Message(4, new EventEncoder().Text(1, name).Integer(4, TypeOf(value)));
        }

        foreach (string tag in metricTags)
        {
            experiment.Message(5, new EventEncoder().Message(1, new EventEncoder().Text(2, tag)));
        }

        return new EventEncoder().Message(2, experiment);
    }

    /// <summary>The parameters of this run.</summary>
    public static EventEncoder SessionStart(IReadOnlyDictionary<string, object> parameters, double timeSeconds)
    {
        EventEncoder session = new();
        foreach ((string name, object value) in Sorted(parameters))
        {
            session.Message(1, new EventEncoder().Text(1, name).Message(2, Value(value)));
        }

        return new EventEncoder().Message(3, session.Double(5, timeSeconds));
    }

    /// <summary>That the run has come to its end.</summary>
    public static EventEncoder SessionEnd(double timeSeconds) =>
        new EventEncoder().Message(4, new EventEncoder().Integer(1, Success).Double(2, timeSeconds));

    private static IEnumerable<KeyValuePair<string, object>> Sorted(IReadOnlyDictionary<string, object> parameters) =>
        parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal);

    private static int TypeOf(object value) => value switch
    {
        bool => FlagType,
        string => TextType,
        _ => NumberType,
    };

    /// <summary>google.protobuf.Value { double number_value = 2; string string_value = 3; bool bool_value = 4 }.</summary>
    private static EventEncoder Value(object value) => value switch
    {
        bool flag => new EventEncoder().Integer(4, flag ? 1 : 0),
        string text => new EventEncoder().Text(3, text),
        _ => new EventEncoder().Double(2, Convert.ToDouble(value, CultureInfo.InvariantCulture)),
    };
}
