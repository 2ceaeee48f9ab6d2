using Vsr.Video;

namespace Vsr.Data.Tests.Flow;

/// <summary>The colour wheel against torchvision's flow_to_image.</summary>
public class FlowColorsTests
{
    // x, y, red, green, blue. Made with the function behind torchvision.utils.flow_to_image (its wheel and
    // interpolation as they are, run in float64) for flows of lengths 0.13, 0.41, 0.77 and 0.98 in twelve directions.
    private static readonly double[][] Golden =
    [
        [0.128, 0.025, 255, 225, 221],
        [0.098, 0.085, 255, 235, 221],
        [0.042, 0.123, 255, 245, 221],
        [-0.025, 0.128, 254, 255, 221],
        [-0.085, 0.098, 229, 255, 221],
        [-0.123, 0.042, 221, 255, 248],
        [-0.128, -0.025, 221, 244, 255],
        [-0.098, -0.085, 221, 230, 255],
        [-0.042, -0.123, 226, 221, 255],
        [0.025, -0.128, 237, 221, 255],
        [0.085, -0.098, 248, 221, 255],
        [0.123, -0.042, 255, 221, 243],
        [0.402, 0.079, 255, 162, 150],
        [0.309, 0.27, 255, 193, 150],
        [0.133, 0.388, 255, 224, 150],
        [-0.079, 0.402, 252, 255, 150],
        [-0.27, 0.309, 173, 255, 150],
        [-0.388, 0.133, 150, 255, 232],
        [-0.402, -0.079, 150, 220, 255],
        [-0.309, -0.27, 150, 177, 255],
        [-0.133, -0.388, 163, 150, 255],
        [0.079, -0.402, 199, 150, 255],
        [0.27, -0.309, 236, 150, 255],
        [0.388, -0.133, 255, 150, 217],
        [0.756, 0.148, 255, 80, 58],
        [0.58, 0.506, 255, 139, 58],
        [0.249, 0.728, 255, 198, 58],
        [-0.148, 0.756, 249, 255, 58],
        [-0.506, 0.58, 102, 255, 58],
        [-0.728, 0.249, 58, 255, 214],
        [-0.756, -0.148, 58, 190, 255],
        [-0.58, -0.506, 58, 109, 255],
        [-0.249, -0.728, 83, 58, 255],
        [0.148, -0.756, 151, 58, 255],
        [0.506, -0.58, 219, 58, 255],
        [0.728, -0.249, 255, 58, 184],
        [0.962, 0.189, 255, 32, 5],
        [0.738, 0.644, 255, 107, 5],
        [0.317, 0.927, 255, 182, 5],
        [-0.189, 0.962, 248, 255, 5],
        [-0.644, 0.738, 61, 255, 5],
        [-0.927, 0.317, 5, 255, 202],
        [-0.962, -0.189, 5, 172, 255],
        [-0.738, -0.644, 5, 70, 255],
        [-0.317, -0.927, 36, 5, 255],
        [0.189, -0.962, 122, 5, 255],
        [0.644, -0.738, 209, 5, 255],
        [0.927, -0.317, 255, 5, 164],
    ];

    [Fact]
    public void Colors_are_torchvisions() => Assert.All(Golden, row =>
    {
        (byte red, byte green, byte blue) = FlowColors.ColorOf(row[0], row[1]);

        Assert.Equal((row[2], row[3], row[4]), (red, green, blue));
    });

    [Fact]
    public void No_motion_is_white_beyond_the_scale_is_dark_and_unknown_is_black()
    {
        FlowField flow = new(5, 1);
        flow[1, 0] = (4, 0);
        flow[2, 0] = (8, 0);
        flow[3, 0] = (float.NaN, 0);
        flow[4, 0] = (0, 1e10f);

        RgbImage image = FlowColors.Draw(flow, fullPixels: 4);

        Assert.Equal([255, 255, 255], Pixel(image, 0));
        Assert.Equal([255, 0, 0], Pixel(image, 1));             // to the right: pure red
        Assert.Equal([191, 0, 0], Pixel(image, 2));             // three quarters of it
        Assert.Equal([0, 0, 0], Pixel(image, 3));
        Assert.Equal([0, 0, 0], Pixel(image, 4));
    }

    [Fact]
    public void The_longest_flow_is_the_scale_where_none_is_given()
    {
        FlowField flow = new(3, 2);
        flow[0, 0] = (-30, 40);
        flow[2, 1] = (3, -4);
        flow[1, 1] = (1e12f, 0);

        RgbImage image = FlowColors.Draw(flow);

        (byte red, byte green, byte blue) = FlowColors.ColorOf(-0.6, 0.8);
        Assert.Equal([red, green, blue], Pixel(image, 0));
        Assert.Equal(50, flow.LongestPixels());
        Assert.Equal([255, 255, 255], Pixel(FlowColors.Draw(new FlowField(1, 1)), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => FlowColors.Draw(flow, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => FlowColors.Draw(flow, double.NaN));
    }

    private static byte[] Pixel(RgbImage image, int at)
    {
        int plane = image.Width * image.Height;
        return [image.Samples8[at], image.Samples8[plane + at], image.Samples8[(2 * plane) + at]];
    }
}
