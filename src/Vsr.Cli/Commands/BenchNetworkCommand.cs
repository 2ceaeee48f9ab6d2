using System.CommandLine;
using Vsr.Cli.Bench;
using Vsr.Cli.Bench.Networks;
using Vsr.Cli.Models;
using Vsr.Models;
using Vsr.Torch;

namespace Vsr.Cli.Commands;

/// <summary>vsr bench network: what a frame of moving pictures takes in a network, alone and as upscaling needs it.</summary>
internal static class BenchNetworkCommand
{
    private static readonly Option<string?> Model = new(ModelOption.Name)
    { Description = $"Networks that come with the program, several with commas: {string.Join(", ", ShippedModels.Names)}. Default: full." };

    private static readonly Option<string?> Weights = new("--weights") { Description = "Weights of a network (.safetensors) of your own." };

    private static readonly Option<string?> Network = new("--network")
    { Description = "Fresh weights of an architecture, recurrent or vsrnet; they take as long as trained ones." };

    private static readonly Option<int?> Channels = new("--channels") { Description = "--network recurrent: channels." };
    private static readonly Option<int?> Blocks = new("--blocks") { Description = "--network recurrent: residual blocks." };
    private static readonly Option<int?> LookAhead = new("--look-ahead") { Description = "--network recurrent: later frames that a frame sees." };
    private static readonly Option<int?> Scale = new("--scale") { Description = "--network: how many times wider and higher the output is." };

    private static readonly Option<string[]> Setting = new("--setting")
    { Description = "--network: another setting as NAME=VALUE, by the names that vsr models lists; may be repeated." };

    private static readonly Option<string?> Size = new("--size")
    { Description = "Width x height of the input, several with commas. [default: 960x540, on the CPU 480x270]" };

    private static readonly Option<string?> Precision = new("--precision")
    { Description = "fp32 or bf16, or both with a comma. [default: that of vsr upscale on the device]" };

    private static readonly Option<int?> Frames = new("--frames") { Description = "Measured frames a row. [default: 100, on the CPU 10]" };
    private static readonly Option<int?> WarmUp = new("--warm-up") { Description = "Frames before them. [default: 10, on the CPU 2]" };

    private static readonly Option<string[]> Peer = new("--peer")
    { Description = "Another program's figure from this machine, to stand beside: NAME=MILLISECONDS a frame; may be repeated." };

    private static readonly Option<bool> Profile = new("--profile")
    {
        Description = "On a GPU: let an attached profiler (ncu or nsys, started with its range off) see the last frame of each row alone, or the one that begins the last group.",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON instead of a table." };
    private static readonly Option<string?> Report = new("--report") { Description = "Also write a report in Markdown to this file." };
    private static readonly Option<string> Device = new("--device") { Description = "auto, cpu, cuda or cuda:N.", DefaultValueFactory = _ => "auto" };
    private static readonly Option<string?> LibTorch = new("--libtorch") { Description = "Folder of the libtorch or PyTorch to load." };

    private static readonly Option[] Shape = [Channels, Blocks, LookAhead, Scale, Setting];

    public static Command Create()
    {
        Command network = new("network", "Measure networks on moving pictures: milliseconds a frame, frames/s, memory; CUDA graph on and off.")
        {
            Model, Weights, Network, Channels, Blocks, LookAhead, Scale, Setting, Size, Precision, Frames, WarmUp, Peer, Profile, Json, Report, Device, LibTorch,
        };
        network.SetAction(Run);
        return network;
    }

    private static int Run(ParseResult parsed)
    {
        (NetworkBenchSettings settings, BackendOptions options, Func<IReadOnlyList<BenchedNetwork>> find) =
            UsageException.Of("bench network", () => Read(parsed));
        IReadOnlyList<BenchedNetwork> networks = find();
        using Termination termination = new();
        try
        {
            Backend backend = Backend.Load(options);
            NetworkBench bench = new(
                settings.For(backend.IsCuda, backend.IsCuda || CpuFeatures.HasBf16), backend, Console.Error, termination.Token);
            IReadOnlyList<NetworkRow> rows = [.. networks.SelectMany(bench.Measure)];
            IEnumerable<NetworkRow> peers = settings.Peers.Select(peer => StoredNetworks.Peer(peer.Name, peer.Milliseconds, rows[0]));
            BenchReport<NetworkRow> report = new(
                BenchMachine.Describe(backend), BenchMachine.Versions(backend), CommandOf(parsed), [.. rows, .. peers, .. StoredNetworks.All]);
            NetworkTable.Of(report).Write(parsed.GetValue(Json) ? report.ToJson() : null, parsed.GetValue(Report));
            return ExitCode.Success;
        }
        catch (OperationCanceledException) when (termination.Token.IsCancellationRequested)
        {
            Console.Error.WriteLine("vsr: stopped; there is no report");
            return termination.ExitCode;
        }
    }

    private static (NetworkBenchSettings Settings, BackendOptions Backend, Func<IReadOnlyList<BenchedNetwork>> Find) Read(ParseResult parsed)
    {
        NetworkBenchSettings settings = new()
        {
            Precisions = parsed.GetValue(Precision)?.Split(','),
            Sizes = parsed.GetValue(Size) is { } sizes ? NetworkBenchSettings.ParseSizes(sizes) : null,
            Frames = parsed.GetValue(Frames),
            WarmUp = parsed.GetValue(WarmUp),
            Profile = parsed.GetValue(Profile),
            Peers = [.. (parsed.GetValue(Peer) ?? []).Select(NetworkBenchSettings.ParsePeer)],
        };
        settings.Validate();
        BackendOptions backend = new() { Device = parsed.GetRequiredValue(Device), LibTorchDirectory = parsed.GetValue(LibTorch) };
        backend.Validate();
        BenchCommand.RequireFolderOf(parsed.GetValue(Report));
        return (settings, backend, ReadNetworks(parsed));
    }

    private static Func<IReadOnlyList<BenchedNetwork>> ReadNetworks(ParseResult parsed)
    {
        Option[] given = [.. new Option[] { Model, Weights, Network }.Where(option => IsGiven(parsed, option))];
        if (given.Length > 1)
        {
            throw new ArgumentException($"{given[0].Name} and {given[1].Name} contradict each other; leave one out");
        }

        if (!IsGiven(parsed, Network) && Shape.FirstOrDefault(option => IsGiven(parsed, option)) is { } shape)
        {
            throw new ArgumentException($"{shape.Name} is for --network; leave it out, or name an architecture");
        }

        if (parsed.GetValue(Network) is { } architecture)
        {
            BenchedNetwork fresh = BenchedNetwork.Fresh(architecture, ReadSettings(parsed));
            return () => [fresh];
        }

        if (parsed.GetValue(Weights) is { } weights)
        {
            return () => [BenchedNetwork.OfFile(weights)];
        }

        string[] names = [.. (parsed.GetValue(Model) ?? ShippedModels.Full).Split(',').Select(name => ModelOption.Check(ModelOption.Name, name).Name)];
        return () => [.. names.Select(BenchedNetwork.Shipped)];
    }

    private static Dictionary<string, string> ReadSettings(ParseResult parsed)
    {
        Dictionary<string, string> settings = [];
        foreach ((string name, Option<int?> option) in new[]
            { ("channels", Channels), ("blocks", Blocks), ("look_ahead", LookAhead), ("scale", Scale) })
        {
            if (parsed.GetValue(option) is { } value)
            {
                settings[name] = FormattableString.Invariant($"{value}");
            }
        }

        foreach ((string name, string value) in (parsed.GetValue(Setting) ?? []).Select(NetworkBenchSettings.ParseSetting))
        {
            settings[name] = value;
        }

        return settings;
    }

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    // as it was typed, without what only says where the figures go
    private static string CommandOf(ParseResult parsed)
    {
        List<string> words = ["vsr"];
        string[] tokens = [.. parsed.Tokens.Select(token => token.Value)];
        for (int i = 0; i < tokens.Length; i++)
        {
            if (tokens[i] == Report.Name)
            {
                i++;
            }
            else if (tokens[i] != Json.Name)
            {
                words.Add(tokens[i].Contains(' ', StringComparison.Ordinal) ? $"'{tokens[i]}'" : tokens[i]);
            }
        }

        return string.Join(' ', words);
    }
}
