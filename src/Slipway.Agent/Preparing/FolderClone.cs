using Slipway.Agent.Preparing.Archives;

namespace Slipway.Agent.Preparing;

/// <summary>Makes a second folder of the same files without using the disk twice.</summary>
internal static class FolderClone
{
    /// <param name="share">True: hard links. False: copies, for folders in which a command will change files in place.</param>
    public static void Create(string source, string target, bool share, UnixOwner? owner, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Directory.CreateDirectory(target, File.GetUnixFileMode(source));
        if (owner is not null)
            Posix.SetLinkOwner(target, owner);

        foreach (var entry in new DirectoryInfo(source).EnumerateFileSystemInfos())
        {
            var copy = Path.Combine(target, entry.Name);
            if (entry.LinkTarget is { } link)
                File.CreateSymbolicLink(copy, link);
            else if (entry is DirectoryInfo)
                Create(entry.FullName, copy, share, owner, cancellation);
            else
                CreateFile((FileInfo)entry, copy, share);

            if (owner is not null)
                Posix.SetLinkOwner(copy, owner);
        }
    }

    private static void CreateFile(FileInfo source, string target, bool share)
    {
        if (share)
            Posix.HardLink(source.FullName, target);
        else if (source.Length > 0)
            source.CopyTo(target);
        else
            // Also what a running service's pipes and sockets become; opening one to copy it could wait for ever.
            new FileStream(target, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = source.UnixFileMode }).Dispose();
    }
}
