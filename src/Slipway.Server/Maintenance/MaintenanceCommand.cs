using Slipway.Server.Persistence;

namespace Slipway.Server.Maintenance;

/// <summary>
/// <c>slipway-server migrate | backup DIR | restore DIR | import DIR</c>: what is done to the data of a server, with the same settings as the server has.
/// </summary>
internal static class MaintenanceCommand
{
    public static bool IsMeant(string[] args) => args is ["migrate" or "backup" or "restore" or "import", ..];

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        if (Read(args) is not var (verb, directory, settings))
        {
            await errors.WriteLineAsync("Usage: slipway-server migrate | backup DIR | restore DIR | import DIR, followed by the server's settings such as --Slipway:DataDirectory DIR");
            return 2;
        }

        await using var server = SlipwayServer.Build(settings, builder => builder.Services.AddSingleton<KeyCopy>().AddSingleton<ArtifactCopy>());
        var services = server.Services;
        await output.WriteLineAsync(verb switch
        {
            "migrate" => await ActivatorUtilities.CreateInstance<Migrate>(services).RunAsync(CancellationToken.None),
            "backup" => await ActivatorUtilities.CreateInstance<Backup>(services).RunAsync(directory!, CancellationToken.None),
            "restore" => await ActivatorUtilities.CreateInstance<Restore>(services).RunAsync(directory!, CancellationToken.None),
            "import" => await ImportAsync(services, directory!),
            _ => throw new System.Diagnostics.UnreachableException(),
        });
        return 0;
    }

    private static async Task<string> ImportAsync(IServiceProvider services, string directory)
    {
        if (!services.GetRequiredService<IDatabase>().IsShared)
            throw new StartRefusedException("import takes a data directory over into PostgreSQL: say which with --ConnectionStrings:Slipway \"Host=...\".");

        // A server that still writes there would write what nobody sees.
        await using var ownership = new DataDirectory(Path.GetFullPath(directory)).Own();
        return await ActivatorUtilities.CreateInstance<Restore>(services).RunAsync(directory, CancellationToken.None);
    }

    private static (string Verb, string? Directory, string[] Settings)? Read(string[] args) => args switch
    {
        ["migrate", .. var settings] when settings is [] or [['-', ..], ..] => ("migrate", null, settings),
        [var verb and not "migrate", var directory, .. var settings] when !directory.StartsWith('-') => (verb, directory, settings),
        _ => null,
    };
}
