using Microsoft.EntityFrameworkCore;
using Slipway.Server.Persistence;

namespace Slipway.Server.Api;

/// <summary>Whether the server can do its work: everything has started, nothing is stopping, the database answers and the other nodes are heard.</summary>
internal sealed class Readiness(IHostApplicationLifetime lifetime, IEnumerable<INotReady> parts, IDbContextFactory<SlipwayDb> databases)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);

    public async Task<Refusal?> CheckAsync(CancellationToken cancellation)
    {
        if (!lifetime.ApplicationStarted.IsCancellationRequested || lifetime.ApplicationStopping.IsCancellationRequested)
            return Because("The server is starting or stopping.");

        foreach (var part in parts)
        {
            if (part.WhyNot is { } reason)
                return Because(reason);
        }

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
            return Because(DatabaseTroubles.Explain(e));
        }
    }

    public static Refusal Because(string why) => new("not_ready", StatusCodes.Status503ServiceUnavailable, $"{why} The server's log has the cause.");
}
