using Microsoft.EntityFrameworkCore;
using Slipway.Server.Persistence;

namespace Slipway.Server.Api;

/// <summary>Whether the server can do its work: everything has started, nothing is stopping, the database answers.</summary>
internal sealed class Readiness(IHostApplicationLifetime lifetime, IDbContextFactory<SlipwayDb> databases)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);

    public async Task<Refusal?> CheckAsync(CancellationToken cancellation)
    {
        if (!lifetime.ApplicationStarted.IsCancellationRequested || lifetime.ApplicationStopping.IsCancellationRequested)
            return NotReady("The server is starting or stopping.");

        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(LongestWait);
            await using var db = await databases.CreateDbContextAsync(limit.Token);
            await db.Database.ExecuteSqlRawAsync("SELECT 1", limit.Token);
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            return NotReady("The database does not answer. The server's log has the cause.");
        }
    }

    private static Refusal NotReady(string why) => new("not_ready", StatusCodes.Status503ServiceUnavailable, why);
}
