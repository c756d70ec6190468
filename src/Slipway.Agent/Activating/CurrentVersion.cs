using Slipway.Agent.Identity;

namespace Slipway.Agent.Activating;

/// <summary>The symbolic link `current`. At every moment it points at one whole version: a new link is made aside and renamed over it.</summary>
internal static class CurrentVersion
{
    public static void Switch(ServiceFolder folder, string versionFolder)
    {
        var temporary = folder.Current + ".new";
        File.Delete(temporary);

        // Relative, so that the data folder can be moved as a whole.
        File.CreateSymbolicLink(temporary, Path.GetRelativePath(folder.Root, versionFolder));

        // File.Move looks through links, rename(2) does not.
        if (Supervision.Libc.Rename(temporary, folder.Current) != 0)
            throw new IOException($"'{folder.Current}' could not be pointed at '{versionFolder}'. Is something other than a link in its place?");
    }

    /// <summary>The folder it points at, or null.</summary>
    public static string? Of(ServiceFolder folder) =>
        new FileInfo(folder.Current).LinkTarget is { } target ? Path.GetFullPath(target, folder.Root) : null;

    public static bool Is(ServiceFolder folder, string versionFolder) => Of(folder) == Path.GetFullPath(versionFolder);
}
