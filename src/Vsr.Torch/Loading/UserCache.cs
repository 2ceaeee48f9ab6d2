namespace Vsr.Torch.Loading;

/// <summary>The user's cache folder of this program: $XDG_CACHE_HOME/vsr, else ~/.cache/vsr.</summary>
internal static class UserCache
{
    public static string Folder
    {
        get
        {
            string? configured = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            string root = !string.IsNullOrEmpty(configured) ? configured
                : home.Length > 0 ? Path.Combine(home, ".cache")
                : Path.GetTempPath();
            return Path.Combine(root, "vsr");
        }
    }
}
