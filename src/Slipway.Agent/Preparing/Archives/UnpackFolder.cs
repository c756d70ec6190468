namespace Slipway.Agent.Preparing.Archives;

/// <summary>
/// A folder that only the unpacker writes to. Because everything in it was made here, what is known in memory decides what is safe: no entry goes
/// through a symbolic link, replaces one, or lands outside. One thread at a time.
/// </summary>
internal sealed class UnpackFolder(string root, UnpackLimits limits, UnixOwner? owner, CancellationToken cancellation)
{
    private readonly HashSet<string> folders = [""];
    private readonly HashSet<string> links = [];
    private readonly List<(string Path, long Time)> folderTimes = [];
    private string lastParent = "";
    private int entries;
    private string filePath = "";
    private int file = -1;

    public long Bytes { get; private set; }

    public void AddFolder(string entry, int mode, long time)
    {
        Count(entry);
        var path = EntryPath.Normalise(entry);
        if (path.Length == 0)
            return;

        RequireFolder(path, entry);
        // Without these the agent could neither fill nor delete it.
        File.SetUnixFileMode(Full(path), (UnixFileMode)(mode & 0x1FF) | UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        folderTimes.Add((path, time));
    }

    public void BeginFile(string entry)
    {
        Count(entry);
        var path = EntryPath.Normalise(entry);
        RequireParent(path, entry);
        filePath = Full(path);
        file = Posix.CreateFile(filePath);
        if (file >= 0)
            return;

        Replace(path, entry);
        file = Posix.CreateFile(filePath);
    }

    public void Write(ReadOnlySpan<byte> content)
    {
        cancellation.ThrowIfCancellationRequested();
        Bytes += content.Length;
        if (Bytes > limits.Bytes)
            throw new UnsafeArchiveException(filePath[(root.Length + 1)..], $"makes the archive unpack to more than {limits.Bytes >> 20} MB, which is too much for its size");

        Posix.Write(file, content, filePath);
    }

    /// <summary>Set-user, set-group and sticky bits are dropped.</summary>
    public void EndFile(int mode, long time)
    {
        if (owner is not null)
            Posix.SetOwner(file, owner, filePath);
        Posix.SetMode(file, mode & 0x1FF, filePath);
        Posix.SetTime(file, time, filePath);
        AbandonFile();
    }

    public void AbandonFile()
    {
        if (file >= 0)
            Posix.Close(file);
        file = -1;
    }

    public void AddSymbolicLink(string entry, string target)
    {
        Count(entry);
        var path = EntryPath.Normalise(entry);
        RequireParent(path, entry);
        EntryPath.CheckLinkTarget(path, target);
        if (links.Contains(path) || Path.Exists(Full(path)))
            Replace(path, entry);

        File.CreateSymbolicLink(Full(path), target);
        links.Add(path);
        if (owner is not null)
            Posix.SetLinkOwner(Full(path), owner);
    }

    public void AddHardLink(string entry, string target)
    {
        Count(entry);
        var path = EntryPath.Normalise(entry);
        var existing = EntryPath.Normalise(target);
        RequireParent(path, entry);
        var parent = Parent(existing);
        if (!folders.Contains(parent) || links.Contains(existing) || folders.Contains(existing) || !File.Exists(Full(existing)))
            throw new UnsafeArchiveException(entry, "is a hard link to something that is no file of this archive");
        if (path == existing)
            return;

        if (File.Exists(Full(path)))
            Replace(path, entry);
        Posix.HardLink(Full(existing), Full(path));
    }

    public void Finish()
    {
        foreach (var (path, time) in folderTimes)
            Directory.SetLastWriteTimeUtc(Full(path), DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(time, 0, 253402300799)).UtcDateTime);
    }

    private void Count(string entry)
    {
        if (++entries > limits.Entries)
            throw new UnsafeArchiveException(entry, $"is one too many: more than {limits.Entries} entries are refused");
    }

    /// <summary>A later file takes the place of an earlier one, as tar does; nothing takes the place of a link or a folder.</summary>
    private void Replace(string path, string entry)
    {
        if (links.Contains(path))
            throw new UnsafeArchiveException(entry, "comes again after a symbolic link of that name");
        if (folders.Contains(path))
            throw new UnsafeArchiveException(entry, "comes again after a folder of that name");

        File.Delete(Full(path));
    }

    private void RequireParent(string path, string entry)
    {
        if (path.Length == 0)
            throw new UnsafeArchiveException(entry, "has no name");
        if (path is VersionFolders.MarkerName or VersionFolders.EnvironmentName)
            throw new UnsafeArchiveException(entry, "has a name the agent keeps for itself");

        var parent = Parent(path);
        if (parent == lastParent)
            return;

        RequireFolder(parent, entry);
        lastParent = parent;
    }

    private void RequireFolder(string path, string entry)
    {
        if (folders.Contains(path))
            return;
        if (links.Contains(path))
            throw new UnsafeArchiveException(entry, "goes through a symbolic link");

        RequireFolder(Parent(path), entry);
        if (File.Exists(Full(path)))
            throw new UnsafeArchiveException(entry, "goes through a file");

        Directory.CreateDirectory(Full(path));
        folders.Add(path);
        if (owner is not null)
            Posix.SetLinkOwner(Full(path), owner);
    }

    private static string Parent(string path) => path.LastIndexOf('/') is >= 0 and var slash ? path[..slash] : "";

    private string Full(string path) => string.Concat(root, "/", path);
}
