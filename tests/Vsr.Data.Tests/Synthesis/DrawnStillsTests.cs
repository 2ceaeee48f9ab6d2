using System.Security.Cryptography;
using TorchSharp;
using Vsr.Data.Synthesis;
using Vsr.Data.Synthesis.Drawing;
using Vsr.Tests;
using Vsr.Video;
using static TorchSharp.torch;

namespace Vsr.Data.Tests.Synthesis;

public class DrawnStillsTests
{
    private const int Thumb = 40;

    public DrawnStillsTests() => TorchTestBackend.Ensure();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_picture_depends_on_seed_and_number_alone()
    {
        IReadOnlyList<RgbImage> alone = DrawnStills.DrawAll(10, 5, threads: 1, Token);
        IReadOnlyList<RgbImage> together = DrawnStills.DrawAll(12, 5, threads: 7, Token);
        for (int number = 9; number >= 0; number--)
        {
            Assert.Equal(Digest(alone[number]), Digest(together[number]));
            Assert.Equal(Digest(alone[number]), Digest(DrawnStills.Draw(5, number)));
        }
    }

    // Of this program itself: whoever changes what a seed gives counts DrawnStills.Version up, and a machine that draws otherwise is found.
    [Fact]
    public void Pictures_are_the_same_on_every_machine()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (RgbImage picture in DrawnStills.DrawAll(40, 1, threads: null, Token))
        {
            hash.AppendData(picture.Samples8);
        }

        Assert.Equal((1, "379D2557D074B5C1D1E851CE99EC582F"), (DrawnStills.Version, Convert.ToHexString(hash.GetHashAndReset())[..32]));
    }

    [Fact]
    public void No_two_are_alike_also_in_small_and_none_is_empty()
    {
        using DisposeScope scope = NewDisposeScope();
        RgbImage[] pictures = [.. DrawnStills.DrawAll(50, 2, threads: null, Token).Concat(DrawnStills.DrawAll(50, 3, threads: null, Token))];
        List<Tensor> thumbs = [];
        for (int i = 0; i < pictures.Length; i++)
        {
            using DisposeScope inner = NewDisposeScope();
            Tensor picture = ToTensor(pictures[i]);
            thumbs.Add(inner.MoveToOuter(nn.functional.adaptive_avg_pool2d(picture.unsqueeze(0), Thumb).flatten()));
            Assert.InRange(picture.size(1), 600, 800);
            Assert.InRange(picture.size(2), 600, 880);
            double deviation = picture.std([1L, 2L], unbiased: true).max().item<float>();
            double edges = (picture.diff(1, 2).abs().amax([0L]) > 0.03).to(ScalarType.Float32).mean().item<float>();
            Assert.True(deviation > 0.02 && edges > 0.005, $"picture {i} has deviation {deviation:0.000}, edges in {edges:0.0000} of its pixels");
        }

        Tensor all = stack([.. thumbs]);
        Tensor differences = cdist(all, all, 1) / all.size(1);                              // mean absolute ones
        Assert.InRange((differences + eye(pictures.Length)).min().item<float>(), 0.02, 1);
    }

    [Fact]
    public void There_is_writing_down_to_single_pixels_and_there_are_plain_places()
    {
        IReadOnlyList<RgbImage> pictures = DrawnStills.DrawAll(40, 4, threads: null, Token);
        double fine = 0;
        double plain = 0;
        foreach (RgbImage picture in pictures)
        {
            using DisposeScope inner = NewDisposeScope();
            // what bicubic enlargement of the reduced picture lacks is detail below a low-resolution pixel
            Tensor hr = Cut(ToTensor(picture)).unsqueeze(0).unsqueeze(0);
            Tensor lost = (Degradation.Enlarge(Degradation.Reduce(hr, 4), 4) - hr).abs().amax([2L]);
            fine += (lost > 0.1).to(ScalarType.Float32).mean().item<float>() / pictures.Count;
            plain += (lost < 0.004).to(ScalarType.Float32).mean().item<float>() / pictures.Count;
        }

        Assert.InRange(fine, 0.1, 0.5);
        Assert.InRange(plain, 0.2, 0.8);
    }

    [Fact]
    public void A_picture_is_what_16_times_as_many_pixels_average_to()
    {
        for (int number = 0; number < 6; number++)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor drawn = Cut(ToTensor(PictureComposer.Draw(7, number)));
            Tensor large = ToTensor(PictureComposer.Draw(7, number, scale: 4));
            Tensor reference = Cut(nn.functional.avg_pool2d(large, 4));
            Tensor jagged = Cut(large.slice(1, 2, large.size(1), 4).slice(2, 2, large.size(2), 4));
            double own = Psnr(drawn, reference);
            double without = Psnr(jagged, reference);
            double reduced = Psnr(Reduced(drawn), Reduced(reference));
            Assert.True(own > 35 && own > without + 8 && reduced > 47, $"picture {number}: {own:0.0} dB, not antialiased {without:0.0} dB, reduced {reduced:0.0} dB");
        }

        static Tensor Reduced(Tensor picture) => Degradation.Reduce(picture.unsqueeze(0).unsqueeze(0), 4);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(10_001, 1)]
    [InlineData(1, 0)]
    public void Numbers_out_of_range_are_refused(int count, int threads) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DrawnStills.DrawAll(count, 0, threads, Token));

    [Fact]
    public void Drawing_can_be_cancelled()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => DrawnStills.DrawAll(5, 0, null, stop.Token));
        Assert.Throws<ArgumentOutOfRangeException>(() => DrawnStills.Draw(0, -1));
    }

    private static string Digest(RgbImage picture) => Convert.ToHexString(SHA256.HashData(picture.Samples8));

    private static Tensor ToTensor(RgbImage picture) =>
        tensor(picture.Samples8.ToArray(), ScalarType.Byte).reshape(3, picture.Height, picture.Width).to(ScalarType.Float32) / 255;

    // sides that 16 divides, for the protocol
    private static Tensor Cut(Tensor picture) =>
        picture.slice(1, 0, picture.size(1) / 16 * 16, 1).slice(2, 0, picture.size(2) / 16 * 16, 1);

    private static double Psnr(Tensor one, Tensor other) => -10 * Math.Log10((one - other).pow(2).mean().item<float>());
}
