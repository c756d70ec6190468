using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Slipway.Contracts;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Server.Api;
using Slipway.Server.Persistence;

namespace Slipway.Server.Deployments;

/// <summary>Reads what is new from the database whenever something changed, so a follower sees every event once and in order.</summary>
internal sealed class EventFollower(IDbContextFactory<SlipwayDb> databases, EventFeed feed)
{
    private const int Batch = 500;

    /// <summary>Also a sign of life for proxies, and how late a change on another node may be seen.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Ends after the deployment has finished. Null: a sign of life.</summary>
    public async IAsyncEnumerable<StreamItem?> OneAsync(DeploymentId deployment, long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var subscription = feed.Subscribe(deployment);
        var revision = 0L;
        while (true)
        {
            await using (var db = await databases.CreateDbContextAsync(cancellation))
            {
                // Events first: an "instances" item never speaks of a stage that the reader has not heard of.
                var rows = await db.Set<EventRow>().AsNoTracking().Where(row => row.Deployment == deployment && row.Sequence > after).OrderBy(row => row.Sequence).Take(Batch).ToListAsync(cancellation);
                var changed = await db.Set<ProgressRow>().AsNoTracking().Where(row => row.Deployment == deployment && row.Revision > revision).OrderBy(row => row.Order).ToListAsync(cancellation);
                foreach (var row in rows.Where(row => row.Type != "finished"))
                    yield return Item(row, row.Sequence);

                if (changed is not [])
                {
                    revision = changed.Max(row => row.Revision);
                    IReadOnlyList<InstanceProgress> instances = [.. changed.Select(row => row.ToProgress())];
                    yield return new(null, "instances", JsonSerializer.Serialize(instances, ContractsJson.Default.IReadOnlyListInstanceProgress));
                }

                if (rows.Find(row => row.Type == "finished") is { } finished)
                {
                    yield return Item(finished, finished.Sequence);
                    yield break;
                }

                after = rows is [] ? after : rows[^1].Sequence;
                if (rows is [] && await IsOverAsync(db, deployment, after, cancellation))
                    yield break;

                if (rows.Count == Batch)
                    continue;
            }

            if (!await subscription.WaitAsync(Patience, cancellation))
                yield return null;
        }
    }

    public async IAsyncEnumerable<StreamItem?> AllAsync(long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var subscription = feed.Subscribe(null);
        while (true)
        {
            await using (var db = await databases.CreateDbContextAsync(cancellation))
            {
                var rows = await db.Set<EventRow>().AsNoTracking().Where(row => row.Id > after).OrderBy(row => row.Id).Take(Batch).ToListAsync(cancellation);
                foreach (var row in rows)
                {
                    after = row.Id;
                    yield return Item(row, row.Id);
                }

                if (rows.Count == Batch)
                    continue;
            }

            if (!await subscription.WaitAsync(Patience, cancellation))
                yield return null;
        }
    }

    /// <summary>A reader that resumes behind the last event.</summary>
    private static Task<bool> IsOverAsync(SlipwayDb db, DeploymentId deployment, long after, CancellationToken cancellation) =>
        db.Set<EventRow>().AnyAsync(row => row.Deployment == deployment && row.Sequence <= after && row.Type == "finished", cancellation);

    private static StreamItem Item(EventRow row, long id) =>
        new(id, row.Type, JsonSerializer.Serialize(Events.Wire(row), ContractsJson.Default.DeploymentEvent));
}
