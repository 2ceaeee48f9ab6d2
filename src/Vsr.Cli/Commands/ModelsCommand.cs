using System.CommandLine;
using Vsr.Cli.Models;
using Vsr.Models;
using Vsr.Torch;

namespace Vsr.Cli.Commands;

/// <summary>vsr models: the networks that come with the program, and the card of one.</summary>
internal static class ModelsCommand
{
    private static readonly Argument<string?> Name = new("NAME")
    {
        Description = $"Show this one with its card: {string.Join(", ", ShippedModels.Names)}. Default: list all.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON instead of text." };

    public static Command Create()
    {
        Command command = new("models", "List the networks that come with the program: file, size, cost, what each is for.") { Name, Json };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        string? name = parsed.GetValue(Name);
        if (name is not null)
        {
            _ = ModelOption.Check("model", name);
        }

        IReadOnlyList<ShippedModel> models = name is null ? ShippedModels.List() : [ShippedModels.Require(name)];
        if (models.Any(model => model.IsAvailable))
        {
            _ = Backend.Load(new BackendOptions { Device = "cpu" });
        }

        bool isWhole = true;
        ModelEntry[] entries = [.. models.Select(Measure)];
        if (parsed.GetValue(Json))
        {
            Console.Out.WriteLine(new ModelList(entries).ToJson());
        }
        else
        {
            string? section = name is null ? null : models[0].ReadSection();
            Console.Out.Write(ModelText.Of(entries) + (section is null ? "" : $"\n{CardText.Plain(section)}\n"));
        }

        return isWhole ? ExitCode.Success : ExitCode.Failure;

        ModelEntry Measure(ShippedModel model)
        {
            try
            {
                return ModelEntry.Of(model, model.Path is null ? null : ModelCard.Read(model.Path));
            }
            catch (VsrException damaged)
            {
                Console.Error.WriteLine($"vsr: model {model.Name}: {damaged.Message}");
                isWhole = false;
                return ModelEntry.Of(model, null);
            }
        }
    }
}
