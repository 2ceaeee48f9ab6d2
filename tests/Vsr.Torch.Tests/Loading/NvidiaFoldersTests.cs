using Vsr.Tests;
using Vsr.Torch.Loading;

namespace Vsr.Torch.Tests.Loading;

public class NvidiaFoldersTests
{
    [Fact]
    public void Folders_with_libraries_beside_the_torch_package_are_listed_in_order()
    {
        using TemporaryFolder site = new();
        string torch = Directory.CreateDirectory(site.File("torch/lib")).FullName;
        Assert.Empty(NvidiaFolders.Beside(torch));

        string second = Directory.CreateDirectory(site.File("nvidia/cudnn/lib")).FullName;
        string first = Directory.CreateDirectory(site.File("nvidia/cu13/lib")).FullName;
        Directory.CreateDirectory(site.File("nvidia/headers/include"));
        Assert.Equal([first, second], NvidiaFolders.Beside(torch));
    }
}
