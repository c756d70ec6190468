using Microsoft.EntityFrameworkCore;
using Slipway.Server.Persistence;

namespace Slipway.Server.Maintenance;

/// <summary>Brings the schema up to date without starting a server: before an upgrade, at a time of one's own choice.</summary>
internal sealed class Migrate(IDbContextFactory<SlipwayDb> databases, IDatabase database, DataDirectory data)
{
    public async Task<string> RunAsync(CancellationToken cancellation)
    {
        // SQLite belongs to one process; nodes bear it when another one migrates.
        await using var ownership = database.IsShared ? null : data.Own();
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var before = await AppliedAsync(db, cancellation);
        await database.MigrateAsync(db, cancellation);
        var made = (await db.Database.GetAppliedMigrationsAsync(cancellation)).Except(before).ToList();
        return made is [] ? "The database is up to date." : $"The database is up to date now: {string.Join(", ", made)}.";
    }

    private static async Task<IEnumerable<string>> AppliedAsync(SlipwayDb db, CancellationToken cancellation) =>
        await db.Database.CanConnectAsync(cancellation) ? await db.Database.GetAppliedMigrationsAsync(cancellation) : [];
}
