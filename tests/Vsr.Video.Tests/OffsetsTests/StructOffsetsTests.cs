using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Vsr.Interop.FFmpeg;
using Vsr.Tests;

namespace Vsr.Video.Tests.OffsetsTests;

/// <summary>
/// Compiles a C program against the installed FFmpeg headers and compares every offset the binding uses with the compiler's.
/// On Debian 12 that checks the column of 5.1, on Debian 13 (eng/check-debian13) the one of 7.1. Other headers are checked by
/// naming their folder in CPATH, for example those of Ubuntu 24.04's packages for 6.1.
/// </summary>
public partial class StructOffsetsTests
{
    // C names that do not follow from ours.
    private static readonly Dictionary<string, string> OddNames = new()
    {
        ["AVBSFContext.Class"] = "av_class",
        ["AVChannelLayout.Mask"] = "u.mask",
        ["AVPixFmtDescriptor.Comp0"] = "comp[0]",
        ["AVPixFmtDescriptor.Comp1"] = "comp[1]",
        ["AVPixFmtDescriptor.Comp2"] = "comp[2]",
        ["AVPixFmtDescriptor.Comp3"] = "comp[3]",
        ["AVRational.Numerator"] = "num",
        ["AVRational.Denominator"] = "den",
    };

    [Fact]
    public void TheTableAgreesWithTheInstalledHeaders()
    {
        FFmpegRelease release = HeaderRelease();
        List<StructField> fields = [.. FFmpegOffsets.Table.Where(field => field.In(release) >= 0)];
        List<(string Struct, string Field)> names = [.. fields.Select(field => (field.Struct, CName(field, release)))];

        int[] offsets = Compile(names);

        TestContext.Current.TestOutputHelper?.WriteLine($"{release}: " + string.Join(", ",
            names.Select((name, i) => $"{name.Struct}.{name.Field} {offsets[i]}")));
        Assert.Equal(fields.Select((field, i) => $"{field.Struct}.{names[i].Field} {offsets[i]}"),
            fields.Select((field, i) => $"{field.Struct}.{names[i].Field} {field.In(release)}"));
        Assert.True(fields.Count > 100, $"only {fields.Count} fields in the table");
    }

    [Fact]
    public void PlainStructsAgreeWithTheInstalledHeaders()
    {
        _ = HeaderRelease();
        List<(Type Type, FieldInfo Field)> fields =
        [
            .. from type in typeof(FFmpegOffsets).Assembly.GetTypes()
               where type is { IsValueType: true, IsEnum: false, Namespace: "Vsr.Interop.FFmpeg" }
               let members = type.GetFields(BindingFlags.Instance | BindingFlags.Public)
               where members.Length > 0 && type.Name.StartsWith("AV", StringComparison.Ordinal)
               from field in members
               select (type, field),
        ];
        List<(string, string)> names = [.. fields.Select(pair => (pair.Type.Name, CName(pair.Type, pair.Field)))];

        int[] offsets = Compile(names);

        Assert.Equal(names.Select((name, i) => $"{name} {offsets[i]}"),
            fields.Select((pair, i) => $"{names[i]} {Marshal.OffsetOf(pair.Type, pair.Field.Name)}"));
        Assert.True(fields.Count > 40, $"only {fields.Count} fields in plain structs");
    }

    private static string CName(StructField field, FFmpegRelease release) =>
        field.Id == StructFieldId.FrameDuration && release == FFmpegRelease.V51 ? "pkt_duration" : field.Field;

    private static string CName(Type type, FieldInfo field) =>
        OddNames.GetValueOrDefault($"{type.Name}.{field.Name}")
        ?? WordStart().Replace(field.Name, "_$1").TrimStart('_').ToLowerInvariant();

    private static FFmpegRelease HeaderRelease()
    {
        int major = Run("printf(\"%d\\n\", LIBAVCODEC_VERSION_MAJOR);").Single();
        switch (major)
        {
            case 59:
                return FFmpegRelease.V51;
            case 60:
                return FFmpegRelease.V61;
            case 61:
                return FFmpegRelease.V71;
            default:
                Assert.Skip($"the installed headers are of libavcodec {major}, the binding knows 59, 60 and 61");
                return default;
        }
    }

    private static int[] Compile(IReadOnlyList<(string Struct, string Field)> names) => Run(string.Join('\n',
        names.Select(name => $"printf(\"%zu\\n\", offsetof({name.Struct}, {name.Field}));")));

    private static int[] Run(string statements)
    {
        using TemporaryFolder folder = new();
        string source = folder.File("offsets.c");
        string program = folder.File("offsets");
        StringBuilder text = new();
        text.AppendLine("#include <stddef.h>").AppendLine("#include <stdio.h>");
        foreach (string header in (string[])["libavformat/avformat.h", "libavcodec/avcodec.h", "libavcodec/bsf.h",
            "libavutil/pixdesc.h", "libavutil/frame.h", "libavutil/channel_layout.h", "libavutil/hwcontext.h"])
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"#include <{header}>");
        }

        text.AppendLine("int main(void) {").AppendLine(statements).AppendLine("return 0; }");
        File.WriteAllText(source, text.ToString());
        (int exitCode, _, string error) = OracleProgram.TryRun("cc", "-w", "-o", program, source);
        if (exitCode != 0 && error.Contains("fatal error", StringComparison.Ordinal))
        {
            Assert.Skip("needs FFmpeg's headers (apt-get install libavformat-dev libavcodec-dev libavutil-dev)");
        }

        Assert.True(exitCode == 0, error);
        return [.. OracleProgram.Run(program).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => int.Parse(line, CultureInfo.InvariantCulture))];
    }

    [GeneratedRegex("([A-Z])")]
    private static partial Regex WordStart();
}
