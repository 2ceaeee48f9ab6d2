namespace Vsr.Data;

/// <summary>The one name of a file: absolute, with every symbolic link on the way resolved.</summary>
internal static class RealPath
{
    private const int MostLinks = 40; // as Linux

    public static string Of(string path)
    {
        string resolved = Path.GetPathRoot(Path.GetFullPath(path))!;
        Stack<string> rest = new(Parts(Path.GetFullPath(path)).Reverse());
        int links = 0;
        while (rest.TryPop(out string? part))
        {
            string next = Path.GetFullPath(Path.Combine(resolved, part));
            string? target = links < MostLinks ? new FileInfo(next).LinkTarget : null;
            if (target is null)
            {
                resolved = next;
                continue;
            }

            links++;
            string full = Path.GetFullPath(target, resolved);
            resolved = Path.GetPathRoot(full)!;
            foreach (string targetPart in Parts(full).Reverse())
            {
                rest.Push(targetPart);
            }
        }

        return resolved;
    }

    private static string[] Parts(string fullPath) =>
        fullPath.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
}
