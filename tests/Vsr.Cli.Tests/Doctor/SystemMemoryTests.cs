using Vsr.Cli.Doctor;
using Vsr.Tests;

namespace Vsr.Cli.Tests.Doctor;

public sealed class SystemMemoryTests : IDisposable
{
    private const long Gib = 1L << 30;
    private readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void AMachinesMemoryIsItsOwn()
    {
        Write("proc/meminfo", "MemTotal:       8388608 kB\nMemFree:        1000 kB\nMemAvailable:    2097152 kB\n");
        Assert.Equal(new SystemMemory(8 * Gib, 2 * Gib), SystemMemory.Read(_root.Path));
        Write("sys/fs/cgroup/memory.max", "max\n");
        Assert.Equal(new SystemMemory(8 * Gib, 2 * Gib), SystemMemory.Read(_root.Path));
    }

    [Theory]
    [InlineData(6, 3, 1, 4)]       // cached files can be had
    [InlineData(6, 5, 0, 1)]
    [InlineData(6, 7, 0, 0)]
    [InlineData(100, 1, 0, 30)]    // more than the machine has is no limit
    public void AContainersMemoryIsItsLimit(long limit, long used, long cached, long available)
    {
        Write("proc/meminfo", "MemTotal:       33554432 kB\nMemAvailable:    31457280 kB\n");
        Write("sys/fs/cgroup/memory.max", $"{limit * Gib}\n");
        Write("sys/fs/cgroup/memory.current", $"{used * Gib}\n");
        Write("sys/fs/cgroup/memory.stat", $"anon 1\ninactive_file {cached * Gib}\nactive_file 3\n");
        Assert.Equal(new SystemMemory(Math.Min(limit, 32) * Gib, available * Gib), SystemMemory.Read(_root.Path));
    }

    [Fact]
    public void WhatIsNotToldIsUnknown()
    {
        Assert.Equal(new SystemMemory(null, null), SystemMemory.Read(_root.Path));
    }

    [Fact]
    public void ThisMachineHasMoreThanCanBeHad()
    {
        SystemMemory memory = SystemMemory.Read();
        Assert.SkipUnless(memory.TotalBytes is not null, "needs a system that tells its memory");
        Assert.InRange(memory.AvailableBytes!.Value, 1, memory.TotalBytes!.Value);
    }

    private void Write(string path, string text)
    {
        string file = Path.Combine(_root.Path, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
