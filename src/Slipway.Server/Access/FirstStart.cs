using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Access;
using Slipway.Server.Persistence;

namespace Slipway.Server.Access;

/// <summary>Before anything is served: the installation has an id and, the first time, an administrator's token.</summary>
internal sealed class FirstStart(IDbContextFactory<SlipwayDb> databases, DataDirectory data, Installation installation, TimeProvider clock) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        installation.ServerId = await ServerIdAsync(db, cancellationToken);
        if (!await db.Set<TokenRow>().AnyAsync(cancellationToken))
            installation.FirstToken = await MakeAdminTokenAsync(db, "first-admin", cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<string> ServerIdAsync(SlipwayDb db, CancellationToken cancellation)
    {
        var row = await db.Set<InstallationRow>().SingleOrDefaultAsync(cancellation);
        if (row is not null)
            return row.ServerId;

        row = new InstallationRow { ServerId = ApiToken.NewId(), CreatedAt = clock.GetUtcNow() };
        db.Add(row);
        try
        {
            await db.SaveChangesAsync(cancellation);
            return row.ServerId;
        }
        catch (DbUpdateException e) when (WriteConflict.Is(e))
        {
            // Another node of the cluster started in the same moment and was first.
            db.ChangeTracker.Clear();
            return (await db.Set<InstallationRow>().SingleAsync(cancellation)).ServerId;
        }
    }

    /// <summary>The file first: a crash between the two leaves a file that the next start replaces, never a token nobody knows.</summary>
    private async Task<ApiToken> MakeAdminTokenAsync(SlipwayDb db, string name, CancellationToken cancellation)
    {
        var token = ApiToken.New();
        WriteOwnerOnly(data.AdminToken, token.ToString());
        db.Add(AdminRow(token, name, clock.GetUtcNow()));
        await db.SaveChangesAsync(cancellation);
        return token;
    }

    internal static TokenRow AdminRow(ApiToken token, string name, DateTimeOffset now) => new()
    {
        Id = token.Id,
        Name = name,
        Hash = ApiToken.Hash(token.Secret),
        Scope = Scope.Admin,
        CreatedAt = now,
        CreatedBy = "the server's own command line",
    };

    internal static void WriteOwnerOnly(string path, string text) => OwnerOnlyFile.Write(path, System.Text.Encoding.UTF8.GetBytes(text + "\n"));
}
