using System.Text;
using Slipway.Agent.Identity;
using Slipway.Agent.Preparing.Archives;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Preparing;

/// <summary>Writes the service's `files:` into a version's folder that nothing runs from yet.</summary>
internal static class ConfigFiles
{
    private const UnixFileMode OwnerAndGroup = AtomicFile.OwnerOnly | UnixFileMode.GroupRead;

    /// <summary>Before anything is downloaded: can all of it be filled in?</summary>
    public static void Check(Release release, IReadOnlyDictionary<string, string> values)
    {
        foreach (var file in release.Spec?.Files ?? [])
            Fill(file, values);
    }

    public static void Render(Release release, string folder, IReadOnlyDictionary<string, string> values, UnixOwner? owner)
    {
        foreach (var file in release.Spec?.Files ?? [])
        {
            // Values can be secrets: nobody else on this machine reads them.
            var path = PathOf(file, folder);
            AtomicFile.Write(path, Encoding.UTF8.GetBytes(Fill(file, values)), OwnerAndGroup, flushToDisk: false);
            if (owner is not null)
                Posix.SetLinkOwner(path, owner);
        }
    }

    private static string Fill(ConfigFile file, IReadOnlyDictionary<string, string> values) =>
        Placeholders.TrySubstitute(file.Template, values, out var text, out var unknown)
            ? text
            : throw new PrepareException(
                "config_invalid",
                $"The file {file.Path} uses ${{{unknown}}}, which is neither a config value nor built in. Set it in config:, or give a default: ${{{unknown}:-…}}.");

    /// <summary>The archive's links cannot leave the folder, but a file written through one would change a shared or hard-linked place: refused too.</summary>
    private static string PathOf(ConfigFile file, string folder)
    {
        string relative;
        try
        {
            relative = EntryPath.Normalise(file.Path);
        }
        catch (UnsafeArchiveException)
        {
            relative = "";
        }

        if (relative is "" or VersionFolders.MarkerName or VersionFolders.EnvironmentName)
            throw new PrepareException("config_invalid", $"The file path \"{file.Path}\" does not stay in the version's folder: use a relative path without \"..\".");

        var path = folder;
        foreach (var part in relative.Split('/'))
        {
            if (new DirectoryInfo(path).LinkTarget is not null)
                throw new PrepareException("config_invalid", $"The file path \"{file.Path}\" goes through a symbolic link of the artifact: write to the folder it stands for.");

            path = Path.Combine(path, part);
        }

        return Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null
            ? throw new PrepareException("config_invalid", $"The file path \"{file.Path}\" is a folder in the artifact.")
            : path;
    }
}
