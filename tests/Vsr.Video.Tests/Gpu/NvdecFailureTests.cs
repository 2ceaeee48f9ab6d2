using Vsr.Interop.Cuda;

namespace Vsr.Video.Tests.Gpu;

public class NvdecFailureTests
{
    [Theory]
    [InlineData(1, false)]                                   // invalid value: what the driver says of damaged data
    [InlineData(200, false)]
    [InlineData(801, false)]
    [InlineData(999, false)]
    [InlineData(2, true)]
    [InlineData(201, true)]
    [InlineData(700, true)]
    [InlineData(719, true)]
    public void Results_of_the_driver_are_the_file_s_or_the_device_s(int result, bool isOfDevice)
    {
        CudaDriverException failure = new("cuvidDecodePicture", result, "CUDA_ERROR");
        Assert.Equal(isOfDevice, NvdecFailure.IsOfDevice(failure));
        Assert.Equal(isOfDevice, NvdecFailure.IsOfDevice(new VsrException("clip.mp4: NVDEC fails", failure)));
    }

    [Fact]
    public void A_stuck_engine_is_the_device_s_and_damage_the_file_s()
    {
        Assert.True(NvdecFailure.IsOfDevice(new VsrException("clip.mp4: NVDEC fails", new NvdecTimeoutException("stuck"))));
        Assert.False(NvdecFailure.IsOfDevice(new VideoFormatException("the GPU's engine reports damage", "clip.mp4")));
        Assert.False(NvdecFailure.IsOfDevice(new IOException("gone")));
    }
}
