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
}
