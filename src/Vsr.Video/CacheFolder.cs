namespace Vsr.Video;

/// <summary>Where this program keeps what can be made again: $XDG_CACHE_HOME/vsr, else ~/.cache/vsr.</summary>
internal static class CacheFolder
{
    /// <summary>A folder of the cache, which may not exist yet; null where the user has no home.</summary>
    public static string? Named(string name)
    {
        string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        string? home = Environment.GetEnvironmentVariable("HOME");
        return !string.IsNullOrEmpty(cache) && Path.IsPathRooted(cache) ? Path.Combine(cache, "vsr", name)
            : !string.IsNullOrEmpty(home) ? Path.Combine(home, ".cache", "vsr", name)
            : null;
    }
}
