using System.CommandLine;
using System.Text.Json;
using Vsr.Models;

namespace Vsr.Cli.Commands;

/// <summary>vsr weights: what is in a weights file, and safetensors of it.</summary>
internal static class WeightsCommand
{
    private const string Ending = ".safetensors";

    private static readonly Argument<string> FileArgument = new("FILE") { Description = "Weights: .pth.tar, .pth, .pt or .safetensors." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON, metadata included." };
    private static readonly Argument<string> Input = new("IN") { Description = "Weights: .pth.tar, .pth, .pt or .safetensors." };
    private static readonly Argument<string> Output = new("OUT") { Description = "The .safetensors file to write; replaced when it exists." };
    private static readonly Option<bool> Fp16 = new("--fp16") { Description = "Round float values to float16." };

    public static Command Create()
    {
        Command show = new("show", "List a weights file: a line a key with name, type and shape.") { FileArgument, Json };
        show.SetAction(Show);
        Command convert = new("convert", "Write the weights of a PyTorch or safetensors file as safetensors.") { Input, Output, Fp16 };
        convert.SetAction(Convert);
        return new Command("weights", "Look into weights files and convert PyTorch's.") { show, convert };
    }

    private static int Show(ParseResult parsed)
    {
        using WeightsFile file = WeightsFile.Open(parsed.GetRequiredValue(FileArgument));
        if (parsed.GetValue(Json))
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(WeightsReport.Of(file), WeightsReport.JsonOptions));
            return ExitCode.Success;
        }

        foreach (WeightsEntry entry in file.Entries)
        {
            Console.Out.WriteLine(WeightsReport.Line(entry));
        }

        return ExitCode.Success;
    }

    private static int Convert(ParseResult parsed)
    {
        string output = parsed.GetRequiredValue(Output);
        if (!output.EndsWith(Ending, StringComparison.OrdinalIgnoreCase))
        {
            throw new UsageException($"'{output}' is written as safetensors; give it a name that ends with {Ending}");
        }

        using Termination termination = new();
        try
        {
            using WeightsFile file = WeightsFile.Open(parsed.GetRequiredValue(Input));
            file.SaveAsSafetensors(output, parsed.GetValue(Fp16), termination.Token);
            Console.Out.WriteLine(FormattableString.Invariant(
                $"{output}: {file.Entries.Count} tensors, {file.Entries.Sum(entry => entry.Count)} values"));
            return ExitCode.Success;
        }
        catch (OperationCanceledException) when (termination.Token.IsCancellationRequested)
        {
            Console.Error.WriteLine($"vsr: stopped; nothing was written to '{output}'");
            return termination.ExitCode;
        }
    }
}
