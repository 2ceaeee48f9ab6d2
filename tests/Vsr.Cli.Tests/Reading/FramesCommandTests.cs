using System.Diagnostics;
using Vsr.Cli.Commands;
using Vsr.Tests;
using Vsr.Video;

namespace Vsr.Cli.Tests.Reading;

public class FramesCommandTests
{
    [Fact]
    public void Hash_prints_number_pts_and_md5_in_the_order_asked_for()
    {
        (int code, string output, string error) = VsrProcess.Run("frames", VsrProcess.Sample, "--hash", "--frames", "50,3-5");
        Assert.Equal(0, code);
        string[] lines = output.TrimEnd().Split('\n');
        Assert.Equal(["50", "3", "4", "5"], lines.Select(line => line.Split(' ')[0]));
        using FrameReader reader = new(VsrProcess.Sample);
        foreach (string line in lines)
        {
            using VideoFrame frame = reader.GetFrame(int.Parse(line.Split(' ')[0], null));
            Assert.Equal(FrameHash.Line(frame), line);
        }

        Assert.Matches(@"^seeks=\d+ packets=\d+ decoded=\d+ delivered=4\n$", error);
    }

    [Fact]
    public void Random_order_is_a_permutation_from_the_seed()
    {
        int[] all = FrameList.Choose(null, 1000, "clip", 1);
        Assert.Equal(Enumerable.Range(0, 1000), all.Order());
        Assert.Equal(all, FrameList.Choose(null, 1000, "clip", 1));
        Assert.NotEqual(all, FrameList.Choose(null, 1000, "clip", 2));
        Assert.NotEqual(Enumerable.Range(0, 1000), all);
        Assert.InRange(all.Take(100).Average(), 400, 600);
        (_, string output, _) = VsrProcess.Run(
            "frames", VsrProcess.Sample, "--hash", "--order", "random", "--seed", "1", "--count", "3", "--frames", "0-9");
        Assert.Equal(
            FrameList.Choose([(0, 9)], 96, "clip", 1).Take(3),
            output.TrimEnd().Split('\n').Select(line => int.Parse(line.Split(' ')[0], null)));
    }

    [Fact]
    public void Without_a_gpu_nvdec_is_an_error_and_auto_is_software_without_a_word()
    {
        if (GpuContext.Exists(0))
        {
            Assert.Skip("there is a GPU");
        }

        (int code, string output, string error) = Hash("nvdec");
        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith("vsr: NVDEC cannot be used: there is no NVIDIA driver", error, StringComparison.Ordinal);
        Assert.InRange(error.TrimEnd().Split('\n').Length, 1, 2);
        Assert.Equal(Hash("software"), Hash("auto"));
        Assert.Equal(2, Hash("fast").ExitCode);
    }

    [Fact]
    [Trait("Category", "Gpu")]
    public void All_decoders_print_the_same_hashes()
    {
        if (GpuContext.Problem(0) is { } problem)
        {
            Assert.Skip($"needs a GPU that decodes video: {problem}");
        }

        (int code, string output, string error) = Hash("nvdec");
        Assert.True(code == 0, error);
        Assert.Matches(@"^seeks=\d+ packets=\d+ decoded=\d+ delivered=8\n$", error);
        Assert.Equal(Hash("software").Output, output);
        Assert.Equal(Hash("auto").Output, output);
    }

    [Fact]
    public void Ctrl_C_ends_with_its_exit_code_and_whole_pictures()
    {
        using TemporaryFolder folder = new();
        string pictures = folder.File("pictures");
        ProcessStartInfo start = new(
            "env", ["--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, "Vsr.Cli.dll"), "frames", VsrProcess.Sample, "--out", pictures])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process program = Process.Start(start)!;
        Assert.True(SpinWait.SpinUntil(() => Directory.Exists(pictures) && Directory.EnumerateFiles(pictures, "*.png").Any(), TimeSpan.FromSeconds(60)));

        OracleProgram.Run("kill", "-INT", $"{program.Id}");
        string output = program.StandardOutput.ReadToEnd();
        program.WaitForExit();

        Assert.Equal((ExitCode.Interrupted, ""), (program.ExitCode, output));
        Assert.InRange(Directory.GetFiles(pictures).Length, 1, 95);
        foreach (string picture in Directory.GetFiles(pictures))
        {
            PictureFile.ReadRgb(picture);
        }
    }

    [Fact]
    public void Out_onto_a_file_and_an_empty_name_are_refused()
    {
        using TemporaryFolder folder = new();
        string file = folder.File("file");
        File.WriteAllText(file, "kept");
        (int code, _, string error) = VsrProcess.Run("frames", VsrProcess.Sample, "--out", file, "--count", "1");
        Assert.Equal(1, code);
        Assert.Contains($"cannot make the folder '{file}' of --out", error, StringComparison.Ordinal);
        Assert.Equal("kept", File.ReadAllText(file));
        (code, _, error) = VsrProcess.Run("frames", "", "--hash");
        Assert.Equal(2, code);
        Assert.StartsWith("vsr: the value of FILE is empty", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Out_writes_pictures_turned_for_display()
    {
        using TemporaryFolder folder = new();
        string path = SharedData.Require("video/awkward/tc_nasa_13013_rotated.mp4");
        Assert.Equal(0, VsrProcess.Run("frames", path, "--out", folder.File("new"), "--frames", "2").ExitCode);
        RgbImage image = PictureFile.ReadRgb(Path.Combine(folder.File("new"), "frame-000002.png"));
        string expected = folder.File("expected.png");
        OracleProgram.Run("ffmpeg", "-v", "error", "-i", path, "-vf", @"select=eq(n\,2)", "-frames:v", "1",
            "-sws_flags", "bilinear+accurate_rnd+full_chroma_int", "-y", expected);
        RgbImage oracle = PictureFile.ReadRgb(expected);
        Assert.Equal((oracle.Width, oracle.Height), (image.Width, image.Height));
        double difference = 0;
        for (int i = 0; i < image.Samples8.Length; i++)
        {
            difference += Math.Abs(image.Samples8[i] - oracle.Samples8[i]);
        }

        Assert.InRange(difference / image.Samples8.Length, 0, 2);
    }

    [Theory]
    [InlineData("one of --hash and --out DIR is required, not both")]
    [InlineData("one of --hash and --out DIR is required, not both", "--hash", "--out", "x")]
    [InlineData("--frames '5-3': '5-3' is neither", "--hash", "--frames", "5-3")]
    [InlineData("--frames '1,a': 'a' is neither", "--hash", "--frames", "1,a")]
    [InlineData("--frames '1-2-3': '1-2-3' is neither", "--hash", "--frames", "1-2-3")]
    [InlineData("--count 0: must be 1 or more", "--hash", "--count", "0")]
    [InlineData("--memory -1: must be 0 or more", "--hash", "--memory", "-1")]
    public void What_the_command_line_alone_shows_wrong_is_exit_2(string message, params string[] options)
    {
        (int code, string output, string error) = VsrProcess.Run(["frames", "/nowhere.mp4", .. options]);
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith($"vsr: {message}", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_frame_out_of_range_is_one_line_and_exit_1()
    {
        (int code, string output, string error) = VsrProcess.Run("frames", VsrProcess.Sample, "--hash", "--frames", "0,90-100");
        Assert.Equal((1, ""), (code, output));
        Assert.Equal(
            $"vsr: {VsrProcess.Sample}: frame 96 is out of range: the file has 96 frames, numbered from 0 to 95\n", error);
    }

    [Fact]
    public void Damage_that_leaves_frames_is_a_warning_and_exit_0()
    {
        string path = SharedData.Require("video/awkward/mb_annex-b.mp4");
        (int code, string output, string error) = VsrProcess.Run("frames", path, "--hash");
        Assert.Equal(0, code);
        Assert.Equal(6, output.TrimEnd().Split('\n').Length);
        string[] lines = error.TrimEnd().Split('\n');
        Assert.All(lines[..^1], line => Assert.StartsWith($"vsr: warning: {path}: ", line, StringComparison.Ordinal));
        Assert.StartsWith("seeks=", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_frames_is_exit_1_and_no_output()
    {
        string path = SharedData.Require("video/awkward/mb_whatdoesitdo_noconfig.mp4");
        (int code, string output, string error) = VsrProcess.Run("frames", path, "--hash");
        Assert.Equal((1, ""), (code, output));
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    private static (int ExitCode, string Output, string Error) Hash(string decoder) =>
        VsrProcess.Run("frames", VsrProcess.Sample, "--hash", "--order", "random", "--count", "8", "--decoder", decoder);
}
