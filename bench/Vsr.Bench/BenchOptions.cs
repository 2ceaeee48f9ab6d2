using System.Globalization;

namespace Vsr.Bench;

/// <summary>What the command line asks for.</summary>
/// <param name="Device">cpu, cuda or cuda:N.</param>
/// <param name="Only">recurrent-frame or beside; null for the first.</param>
/// <param name="Steps">Measured frames a row, after the warm-up.</param>
/// <param name="Data">A folder of video files for "beside".</param>
/// <param name="Profile">Lets an attached profiler see one frame of each row and nothing else.</param>
/// <param name="Tiny">Small sizes: shows on a CPU that the program works; the figures mean nothing.</param>
internal sealed record BenchOptions(string Device, string? Only, int Steps, string? Data, bool Profile, bool Tiny)
{
    public const string Usage =
        "usage: dotnet Vsr.Bench.dll [--device cuda] [--only recurrent-frame] [--steps N] [--profile] [--tiny]\n"
        + "       dotnet Vsr.Bench.dll [--device cuda] --only beside --data FOLDER";

    public static readonly string[] Groups = ["recurrent-frame", "beside"];

    /// <exception cref="ArgumentException">An option is unknown or its value is outside its range.</exception>
    public static BenchOptions Parse(string[] arguments)
    {
        BenchOptions options = new("cuda", null, 20, null, false, false);
        for (int i = 0; i < arguments.Length; i++)
        {
            options = arguments[i] switch
            {
                "--tiny" => options with { Tiny = true, Steps = 2 },
                "--data" => options with { Data = Value(arguments, ref i) },
                "--profile" => options with { Profile = true },
                "--device" => options with { Device = Value(arguments, ref i) },
                "--only" => options with { Only = Value(arguments, ref i) },
                "--steps" => options with { Steps = Number(Value(arguments, ref i)) },
                string other => throw new ArgumentException($"unknown option '{other}'"),
            };
        }

        if (options.Only == "beside" && options.Data is null)
        {
            throw new ArgumentException("--only beside needs --data, a folder of video files");
        }

        return options.Only is null || Groups.Contains(options.Only)
            ? options
            : throw new ArgumentException($"--only {options.Only} is not one of {string.Join(", ", Groups)}");
    }

    private static string Value(string[] arguments, ref int i) =>
        ++i < arguments.Length ? arguments[i] : throw new ArgumentException($"{arguments[i - 1]} needs a value");

    private static int Number(string text) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out int number) && number > 0
            ? number
            : throw new ArgumentException($"--steps {text} is not a number from 1 up");
}
