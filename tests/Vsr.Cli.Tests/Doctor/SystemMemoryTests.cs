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

    [Theory]
    [InlineData("0::/job/step\n", "sys/fs/cgroup/job", "memory.max", "memory.current", "inactive_file")]
    [InlineData("0::/\n", "sys/fs/cgroup", "memory.max", "memory.current", "inactive_file")]
    [InlineData("0::/outside/of/the/container\n", "sys/fs/cgroup", "memory.max", "memory.current", "inactive_file")]
    [InlineData("3:cpu,memory:/job\n1:name=systemd:/\n", "sys/fs/cgroup/memory/job", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")]
    [InlineData("3:memory:/docker/1\n", "sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")]
    public void TheProcesssGroupOrOneThatItIsPartOfLimits(string groups, string folder, string limit, string used, string cached)
    {
        Write("proc/meminfo", "MemTotal:       33554432 kB\nMemAvailable:    31457280 kB\n");
        Write("proc/self/cgroup", groups);
        Write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");      // how version 1 says that there is no limit
        Write($"{folder}/{limit}", $"{4 * Gib}\n");
        Write($"{folder}/{used}", $"{3 * Gib}\n");
        Write($"{folder}/memory.stat", $"cache 1\n{cached} {1 * Gib}\n");

        Assert.Equal(new SystemMemory(4 * Gib, 2 * Gib), SystemMemory.Read(_root.Path));
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
