using Vsr.Cli.Models;

namespace Vsr.Cli.Tests.Models;

public class CardTextTests
{
    [Fact]
    public void MarkdownBecomesPlainTextInColumns()
    {
        const string markdown = """
            ## fast-x4.safetensors

            | | |
            |---|---|
            | network | `RecurrentVsr`, **small** |
            | data | [docs](../docs/a.md) and others |

            Text with a [link](b.md).

            | clip | dB |
            |---|--:|
            | a_long_name | 1.0 |
            | b | -2.0 |
            """;

        Assert.Equal(
            """
            fast-x4.safetensors

            network  RecurrentVsr, small
            data     docs and others

            Text with a link.

            clip         dB
            a_long_name  1.0
            b            -2.0
            """,
            CardText.Plain(markdown));
    }
}
