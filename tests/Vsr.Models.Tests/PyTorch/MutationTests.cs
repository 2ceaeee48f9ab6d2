using System.Diagnostics;
using Vsr.Models.PyTorch;
using Vsr.Tests;

namespace Vsr.Models.Tests.PyTorch;

/// <summary>Damaged copies of small files are refused, or are exactly what they declare; in bounded time and memory.</summary>
/// <remarks>
/// The zip format has checksums: what is read of a damaged copy is what is in the whole file. The legacy format has none:
/// damaged data are read as they are, a damaged declaration is another declaration, and PyTorch must read the same of it.
/// </remarks>
public sealed class MutationTests : IDisposable
{
    private const long MostBytesACopy = 100 << 20;
    private static readonly TimeSpan MostTimeACopy = TimeSpan.FromSeconds(5);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void DamagedZipFilesAreRefusedOrTheSame() => CheckZip(HandmadeZip(), 10_000);

    [Fact]
    public void DamagedLegacyFilesAreRefusedOrWhatTheyDeclare() => CheckLegacy(HandmadeLegacy(), 10_000);

    [Fact]
    [Trait("Category", "Slow")]
    public void AHundredThousandDamagedZipFilesOfPyTorch() => CheckZip(Written("zip"), 100_000);

    [Fact]
    [Trait("Category", "Slow")]
    public void AHundredThousandDamagedLegacyFilesOfPyTorch() => CheckLegacy(Written("legacy"), 100_000);

    [Fact]
    public void OfADamagedDeclarationPyTorchReadsTheSame()
    {
        const int copies = 6000;
        byte[] whole = Written("legacy");
        List<(string Path, TorchTensor[] Read)> accepted = [];
        for (int i = 0; i < copies; i++)
        {
            byte[] copy = DamagedCopy.Of(whole, i);
            if (Read(copy, TorchTensor.AllOf) is { } tensors)
            {
                string path = _folder.File($"{i}.pth");
                File.WriteAllBytes(path, copy);
                accepted.Add((path, tensors));
            }
        }

        IReadOnlyList<TorchTensor[]?> expected = TorchOracle.Read(accepted.Select(file => file.Path));
        int compared = 0;
        foreach (((string path, TorchTensor[] read), TorchTensor[]? torch) in accepted.Zip(expected))
        {
            // PyTorch's restricted reader knows fewer opcodes than were ever written, and refuses more.
            if (torch is not null)
            {
                compared++;
                Assert.True(torch.SequenceEqual(read), $"{Path.GetFileName(path)}:\n{string.Join('\n', torch.Except(read))}\nread as\n{string.Join('\n', read.Except(torch))}");
            }
        }

        TestContext.Current.SendDiagnosticMessage($"{accepted.Count} of {copies} accepted, {compared} compared with PyTorch");
        Assert.True(compared > copies / 50, $"{accepted.Count} accepted, {compared} compared");
    }

    private static void CheckZip(byte[] whole, int copies)
    {
        TorchTensor[] expected = Read(whole, TorchTensor.AllOf)!;
        Check(whole, copies, (file, _) => Assert.Equal(expected, TorchTensor.AllOf(file)));
    }

    private static void CheckLegacy(byte[] whole, int copies)
    {
        TorchTensor[] expected = Read(whole, TorchTensor.AllOf)!;
        int dataStart = FindData(whole);
        Check(whole, copies, (file, copy) =>
        {
            Assert.Equal(file.Entries.Count, file.Entries.Select(entry => entry.Name).Distinct().Count());
            if (copy.AsSpan().StartsWith(whole.AsSpan(0, dataStart)))
            {
                Assert.Equal(
                    expected.Select(tensor => tensor with { Hex = "" }), TorchTensor.AllOf(file).Select(tensor => tensor with { Hex = "" }));
            }
        });
    }

    // Opens every copy and reads all of its data, one tensor at a time.
    private static void Check(byte[] whole, int copies, Action<PyTorchWeights, byte[]> compare)
    {
        int accepted = 0;
        for (int i = 0; i < copies; i++)
        {
            byte[] copy = DamagedCopy.Of(whole, i);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Stopwatch watch = Stopwatch.StartNew();
            accepted += Read(copy, ReadData) ? 1 : 0;
            Assert.True(watch.Elapsed < MostTimeACopy, $"copy {i} took {watch.Elapsed}");
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < MostBytesACopy, $"copy {i} took {allocated} bytes");
            Read(copy, file =>
            {
                compare(file, copy);
                return true;
            });
        }

        TestContext.Current.SendDiagnosticMessage($"{accepted} of {copies} damaged copies accepted");
        Assert.InRange(accepted, 1, copies / 2);
    }

    private static bool ReadData(PyTorchWeights file)
    {
        foreach (WeightsEntry entry in file.Entries)
        {
            SafetensorsEntry read = file.Read(entry.Name);
            Assert.Equal(entry.Bytes, read.Data.Length);
            Assert.Equal(entry.Shape.Aggregate(1L, (count, side) => count * side) * SafetensorsEntry.ElementSize(entry.Type), entry.Bytes);
        }

        return true;
    }

    /// <summary>What a function makes of a file; the default where it is refused. Any other exception fails the test.</summary>
    private static T? Read<T>(byte[] bytes, Func<PyTorchWeights, T> read)
    {
        try
        {
            using PyTorchWeights file = HandmadeFile.Open(bytes);
            return read(file);
        }
        catch (CheckpointException)
        {
            return default;
        }
    }

    // The first storage's count stands before its data, behind the list of keys.
    private static int FindData(byte[] whole)
    {
        PickleInput input = new(new MemoryByteSource(whole), 0);
        for (int i = 0; i < 5; i++)
        {
            Unpickler.Read(input, new TorchObjects(whole.Length));
        }

        return (int)input.Position;
    }

    private byte[] Written(string format)
    {
        string path = _folder.File("small.pth");
        TorchOracle.Write(("small", format, 2, path));
        return File.ReadAllBytes(path);
    }

    private static byte[] HandmadeLegacy() => HandmadeFile.Legacy(Pickle(), ("0", [1, 2, 3, 4, 5, 6]), ("1", [7]));

    private static byte[] HandmadeZip() => ZipFileTests.Write(
        ("archive/data.pkl", Pickle()), ("archive/byteorder", "little"u8.ToArray()), ("archive/data/0", HandmadeFile.Data(1, 2, 3, 4, 5, 6)),
        ("archive/data/1", HandmadeFile.Data(7)), ("archive/version", "3\n"u8.ToArray()));

    private static byte[] Pickle() => new PickleBuilder().Op("}(")
        .String("arch").Text("FlowNet2SD").Text("state_dict").Global("collections", "OrderedDict").Op(")R(")
        .Text("module.a").Tensor(p => p.Storage("FloatStorage", "0", 6), 0, [3, 2], [2, 1])
        .Text("module.b").Tensor(p => p.Storage("FloatStorage", "0", 6, ("v", 2, 4)), 0, [2, 2], [1, 2])
        .Text("module.c").Tensor(p => p.Storage("FloatStorage", "1", 1), 0, [2, 2], [0, 0])
        .Text("module.d").Tensor(p => p.Storage("FloatStorage", "1", 1), 0, [], []).Op("u")
        .Op("}").Text("_metadata").Global("collections", "OrderedDict").Op(")Rsbu").End();
}
