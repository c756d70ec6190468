namespace Slipway.Server.Persistence;

/// <summary>Where the server keeps its files (<c>Slipway:DataDirectory</c>, default <c>./data</c>); readable by its own user only.</summary>
internal sealed record DataDirectory(string Path)
{
    public string Database => System.IO.Path.Combine(Path, "slipway.db");

    public string Artifacts => System.IO.Path.Combine(Path, "artifacts");

    public string Keys => System.IO.Path.Combine(Path, "keys");

    public string AdminToken => System.IO.Path.Combine(Path, "admin-token");

    /// <summary>Held while the server lives, and let go by the kernel however it dies.</summary>
    /// <exception cref="StartRefusedException">Another server uses the directory.</exception>
    public FileStream Own()
    {
        try
        {
            return new(System.IO.Path.Combine(Path, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new StartRefusedException($"Another slipway-server uses {Path}. Stop it, or give this one a directory of its own with --Slipway:DataDirectory DIR.", e);
        }
    }

    /// <exception cref="StartRefusedException">It cannot be made there.</exception>
    public void Create()
    {
        const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        try
        {
            foreach (var folder in (string[])[Path, Artifacts, Keys])
                Directory.CreateDirectory(folder, ownerOnly);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The data directory {Path} cannot be made: {e.Message} Say where else with --Slipway:DataDirectory DIR.", e);
        }
    }
}
