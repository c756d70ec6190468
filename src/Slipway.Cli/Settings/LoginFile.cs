using System.Text.Json;
using Slipway.Cli.Running;

namespace Slipway.Cli.Settings;

/// <summary>~/.config/slipway/config.json, readable by its owner only because it holds a token.</summary>
internal static class LoginFile
{
    public static LoginSettings Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), LoginSettingsJson.Default.LoginSettings) ?? new();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new();
        }
        catch (Exception e) when (e is JsonException or UnauthorizedAccessException or IOException)
        {
            throw StopException.Usage("settings_unreadable", $"{path} cannot be read.", "Remove it and run slipway login again.");
        }
    }

    /// <summary>Written beside and moved into place: never half a file, never readable by others.</summary>
    public static void Write(string path, LoginSettings settings)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var beside = path + "." + Environment.ProcessId;
        using (var file = new FileStream(beside, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            JsonSerializer.Serialize(file, settings, LoginSettingsJson.Default.LoginSettings);
        }

        File.Move(beside, path, overwrite: true);
    }
}
