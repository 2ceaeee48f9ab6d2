using Vsr.Cli.Tests.Reading;

namespace Vsr.Cli.Tests;

public class CommandLineTests
{
    [Fact]
    public void Without_a_command_the_help_is_printed()
    {
        (int code, string output, string error) = VsrProcess.Run();

        Assert.Equal((ExitCode.Success, ""), (code, error));
        Assert.Equal(VsrProcess.Run("--help").Output, output);
        Assert.Contains("upscale", output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_without_a_command_is_still_wrong()
    {
        (int code, string output, string error) = VsrProcess.Run("--verbose");

        Assert.Equal((ExitCode.Usage, ""), (code, output));
        Assert.Contains("vsr --help", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--fp16 is true or false, not 'yes'; alone it is true", "train", "--network", "vsrnet", "--fp16", "yes")]
    [InlineData("--is-cropped is true or false, not '1'; alone it is true", "train", "--is-cropped", "1", "--steps", "1")]
    [InlineData("--resume is true or false, not 'run'; alone it is true", "train", "--resume", "run")]
    [InlineData("--verbose is true or false, not 'very'; alone it is true", "train", "--verbose", "very")]
    [InlineData("--no-enlarge is true or false, not 'no'; alone it is true", "prepare", "transcode", "--main_data", "d", "--resolution", "540p", "--no-enlarge", "no")]
    [InlineData("Unrecognized command or argument 'yes'.", "train", "--steps", "1", "yes")]
    [InlineData("--max_iter and --steps mean the same; give one", "train", "--max_iter", "1", "--steps", "3")]
    public void A_flag_with_a_value_and_an_option_by_two_names_are_told_in_their_words(string expected, params string[] arguments)
    {
        (int code, _, string error) = VsrProcess.Run(arguments);

        Assert.Equal(ExitCode.Usage, code);
        Assert.Equal($"vsr: {expected}", error.Split('\n')[0]);
    }

    [Theory]
    [InlineData("a whole number", "prepare", "split", "film.mp4", "--val-count", "two")]
    [InlineData("a whole number of 0 or more", "prepare", "split", "film.mp4", "--seed", "-1")]
    [InlineData("a number", "prepare", "split", "film.mp4", "--min-length", "0,5")]
    [InlineData("a number", "train", "--max_lr", "0,001")]
    [InlineData("a whole number", "train", "--crop_size", "64", "wide")]
    public void A_value_of_another_type_is_told_without_the_names_of_types(string expected, params string[] arguments)
    {
        (int code, _, string error) = VsrProcess.Run(arguments);

        Assert.Equal(ExitCode.Usage, code);
        Assert.StartsWith("vsr: Cannot parse argument '", error, StringComparison.Ordinal);
        Assert.Contains($" as {expected}.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--order foo is unknown; use sequential or random", "frames", "tiny.mp4", "--hash", "--order", "foo")]
    [InlineData("--decoder gpu is unknown; use auto, software or nvdec", "upscale", "in.mp4", "out.mp4", "--decoder", "gpu")]
    [InlineData("--stream -1 is negative; streams count from 0", "info", "tiny.mp4", "--stream", "-1")]
    [InlineData("--stream -1 is negative; streams count from 0", "frames", "tiny.mp4", "--hash", "--stream", "-1")]
    [InlineData("--stream -1 is negative; streams count from 0", "upscale", "in.mp4", "out.mp4", "--stream", "-1")]
    [InlineData("unknown command 'infoo'; did you mean 'info'?", "infoo")]
    [InlineData("unknown command 'loaders'; did you mean 'loader'?", "bench", "loaders", "a", "b")]
    [InlineData("unknown command 'zzzzzzz'; there are split, ", "prepare", "zzzzzzz")]
    [InlineData("a command is missing; there are ", "bench")]
    [InlineData("Unrecognized arguments 'b', 'c'.", "info", "a", "b", "c")]
    [InlineData("OUT missing; write vsr upscale IN OUT", "upscale", "in.mp4")]
    [InlineData("IN and OUT missing; write vsr upscale IN OUT", "upscale")]
    public void A_word_that_does_not_fit_is_one_line_that_names_it_and_what_fits(string expected, params string[] arguments)
    {
        (int code, string output, string error) = VsrProcess.Run(arguments);

        Assert.Equal((ExitCode.Usage, ""), (code, output));
        string[] lines = error.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith($"vsr: {expected}", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("  see: vsr ", lines[1], StringComparison.Ordinal);
    }
}
