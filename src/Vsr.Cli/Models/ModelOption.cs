using System.CommandLine;
using Vsr.Models;

namespace Vsr.Cli.Models;

/// <summary>The option --model of several commands.</summary>
internal static class ModelOption
{
    public const string Name = "--model";

    public static Option<string?> Create(string whenAbsent) => new(Name)
    {
        Description = $"A network that comes with the program: {string.Join(", ", ShippedModels.Names)} (see: vsr models). Default: {whenAbsent}.",
    };

    /// <summary>A name of the catalogue; its file need not be there.</summary>
    /// <param name="option">What the message calls it: "--model".</param>
    /// <param name="name">What was given.</param>
    /// <exception cref="UsageException">There is no such name.</exception>
    public static ShippedModel Check(string option, string name)
    {
        try
        {
            return ShippedModels.Get(name);
        }
        catch (ArgumentException)
        {
            throw new UsageException($"{option} '{name}' is unknown; there are {string.Join(", ", ShippedModels.Names)}") { Hint = "see: vsr models" };
        }
    }
}
