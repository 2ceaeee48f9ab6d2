namespace Vsr.Data.Tests;

/// <summary>Many names of few files: symbolic links clip0-0.mp4, clip1-1.mkv ..., without indexing each.</summary>
internal sealed class LinkedClips : IClipSource
{
    public LinkedClips(VideoClipSource files, string folder, int count)
    {
        Clips = [.. Enumerable.Range(0, count).Select(i =>
        {
            ClipInfo clip = files.Clips[i % files.Clips.Count];
            string name = Path.Combine(folder,
                $"{Path.GetFileNameWithoutExtension(clip.Name)}-{i}{Path.GetExtension(clip.Name)}");
            File.CreateSymbolicLink(name, clip.Name);
            return clip with { Name = name };
        })];
    }

    public IReadOnlyList<ClipInfo> Clips { get; }

    public IReadOnlyList<string> Warnings => [];

    public IClipReader Open(int clip) => new VideoClipReader(Clips[clip]);

    public void Dispose()
    {
    }
}
