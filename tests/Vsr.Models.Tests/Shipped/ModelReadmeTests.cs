namespace Vsr.Models.Tests.Shipped;

public class ModelReadmeTests
{
    private static readonly string[] Readme =
    [
        "# Shipped weights", "fast-x4.safetensors is in this line, too", "## full: recurrent-x4.safetensors", "one", "### Data", "two", "",
        "## fast: fast-x4.safetensors (provisional)", "three", "#hash", "# End", "four",
    ];

    [Theory]
    [InlineData("recurrent-x4.safetensors", "## full: recurrent-x4.safetensors\none\n### Data\ntwo")]
    [InlineData("fast-x4.safetensors", "## fast: fast-x4.safetensors (provisional)\nthree\n#hash")]
    [InlineData("best-x4.safetensors", null)]
    public void ASectionGoesToTheNextHeadingThatIsNotBelowIt(string fileName, string? expected) =>
        Assert.Equal(expected, ModelReadme.SectionOf(fileName, Readme));
}
