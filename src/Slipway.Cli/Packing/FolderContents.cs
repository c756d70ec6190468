using Slipway.Cli.Running;

namespace Slipway.Cli.Packing;

/// <summary>Lists what is in a folder, and refuses what no instance would unpack: now, not in the middle of a deployment.</summary>
internal static class FolderContents
{
    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
        ReturnSpecialDirectories = false,
    };

    /// <summary>Sorted by path, folders before what is in them.</summary>
    public static IReadOnlyList<FolderEntry> Read(string folder)
    {
        var entries = new List<FolderEntry>();
        AddFolder(new DirectoryInfo(folder), "", entries);
        entries.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return entries;
    }

    private static void AddFolder(DirectoryInfo folder, string prefix, List<FolderEntry> entries)
    {
        foreach (var info in folder.EnumerateFileSystemInfos("*", Everything))
        {
            var path = prefix + info.Name;
            if (info.Name.Contains('\uFFFD', StringComparison.Ordinal))
                throw Refuse(path, "its name is not valid UTF-8");

            if (info.LinkTarget is { } target)
            {
                entries.Add(Link(path, target));
            }
            else if (info is DirectoryInfo inner)
            {
                entries.Add(new(path, EntryKind.Folder));
                AddFolder(inner, path + "/", entries);
            }
            else
            {
                entries.Add(Plain(path, (FileInfo)info));
            }
        }
    }

    private static FolderEntry Link(string path, string target)
    {
        if (target.StartsWith('/'))
            throw Refuse(path, $"it is a link to {target}, which is outside of the folder");

        var depth = path.Count(c => c == '/');
        foreach (var part in target.Split('/'))
        {
            depth += part switch { "" or "." => 0, ".." => -1, _ => 1 };
            if (depth < 0)
                throw Refuse(path, $"it is a link to {target}, which is outside of the folder");
        }

        return new(path, EntryKind.Link) { LinkTarget = target };
    }

    private static FolderEntry Plain(string path, FileInfo file)
    {
        if (!FileTypes.IsRegular(file.FullName))
            throw Refuse(path, "it is neither file, folder nor link");

        return new(path, EntryKind.File)
        {
            Size = file.Length,
            Executable = (file.UnixFileMode & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0,
        };
    }

    private static StopException Refuse(string path, string why) =>
        StopException.Usage("folder_not_packable", $"{path} cannot be published: {why}.", "Remove it from the folder, or publish an archive that you make yourself.");
}
