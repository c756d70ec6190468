using Microsoft.EntityFrameworkCore;
using Slipway.Server.Persistence;

namespace Slipway.Server.Access;

/// <summary>
/// <c>slipway-server token create --name NAME [--Slipway:DataDirectory DIR]</c>: a new administrator's token for whoever may read the data directory,
/// when the others are lost. The server may be running.
/// </summary>
internal static class TokenCommand
{
    public static bool IsMeant(string[] args) => args is ["token", ..];

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        var name = new ConfigurationBuilder().AddCommandLine([.. args.Skip(2)]).Build()["name"];
        if (args is not ["token", "create", ..] || string.IsNullOrWhiteSpace(name))
        {
            await errors.WriteLineAsync("Usage: slipway-server token create --name NAME [--Slipway:DataDirectory DIR]");
            return 2;
        }

        await using var server = SlipwayServer.Build([.. args.Skip(2)]);
        var services = server.Services;
        var directory = services.GetRequiredService<DataDirectory>();
        if (!services.GetRequiredService<IDatabase>().IsShared && !File.Exists(directory.Database))
        {
            await errors.WriteLineAsync($"There is no Slipway data in {directory.Path}. Say where it is with --Slipway:DataDirectory DIR.");
            return 2;
        }

        var token = ApiToken.New();
        await using var db = await services.GetRequiredService<IDbContextFactory<SlipwayDb>>().CreateDbContextAsync();
        db.Add(FirstStart.AdminRow(token, name, services.GetRequiredService<TimeProvider>().GetUtcNow()));
        await db.SaveChangesAsync();
        await output.WriteLineAsync(token.ToString());
        return 0;
    }
}
