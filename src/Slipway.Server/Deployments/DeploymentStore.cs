using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Ids;
using Slipway.Server.Engine;
using Slipway.Server.Persistence;
using Slipway.Server.Targets;
using Slipway.Server.Telemetry;
using Slipway.Server.Versions;

namespace Slipway.Server.Deployments;

/// <summary>
/// The one place where deployments are written. Facts, the deployment's row, its instances and what follows for the target are one transaction;
/// (deployment, sequence) fences out a writer that is not up to date.
/// </summary>
internal sealed class DeploymentStore(
    IDbContextFactory<SlipwayDb> databases, IDatabase database, EventFeed feed, SteadyClock clock, ICrashPoints? crashPoints = null, DeploymentWatch? watch = null)
{
    private const int Tries = 10;
    private const int LastOnes = 50;

    public async Task<DeploymentState?> LoadAsync(DeploymentId id, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var rows = await db.Set<EventRow>().AsNoTracking()
            .Where(row => row.Deployment == id)
            .OrderBy(row => row.Sequence)
            .Select(row => new { row.Fact, row.Time })
            .ToListAsync(cancellation);
        DeploymentState? state = null;
        foreach (var row in rows)
            state = DeploymentRules.Apply(state, EngineJson.Read<DeploymentFact>(row.Fact), row.Time);

        if (state is not null)
            watch?.Loaded(state);

        return state;
    }

    /// <summary>The deployment that this request has taken back; null: none. Looked for among the target's last ones, because only a recent request is repeated.</summary>
    public async Task<DeploymentState?> FindTakenBackAsync(TargetId target, DeploymentId request, CancellationToken cancellation)
    {
        var (service, environment) = target;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var last = db.Set<DeploymentRow>()
            .Where(row => row.Service == service && row.Environment == environment)
            .OrderByDescending(row => row.Order)
            .Take(LastOnes)
            .Select(row => row.Id);
        var found = await db.Set<EventRow>().AsNoTracking()
            .Where(row => last.Contains(row.Deployment) && row.Type == "rollbackRequested")
            .Select(row => new { row.Deployment, row.Fact })
            .ToListAsync(cancellation);
        return found.Find(row => EngineJson.Read<DeploymentFact>(row.Fact) is RollbackRequested rollback && rollback.Request == request) is { } taken
            ? await LoadAsync(taken.Deployment, cancellation)
            : null;
    }

    /// <summary>All changes or none. Answers the new states, in the same order.</summary>
    /// <exception cref="StaleWriterException">Another writer was first.</exception>
    public async Task<IReadOnlyList<DeploymentState>> CommitAsync(TargetId target, IReadOnlyList<Change> changes, CancellationToken cancellation)
    {
        foreach (var fact in changes.SelectMany(change => change.Facts))
            crashPoints?.Pass("before:" + TypeOf(fact));

        using var span = DeploymentWatch.Begin(changes);
        IReadOnlyList<DeploymentState> after;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                after = await TryCommitAsync(target, changes, cancellation);
                break;
            }
            catch (DbUpdateException e) when (attempt < Tries && WriteConflict.Is(e) && e.Entries.Count > 0 && e.Entries.All(entry => entry.Entity is TargetRow))
            {
                // Somebody made the target, or changed its hold or settings, at the same moment: read it again.
            }
        }

        watch?.Committed(changes, after);
        foreach (var state in after)
            feed.Changed(state.Id);

        foreach (var fact in changes.SelectMany(change => change.Facts))
            crashPoints?.Pass("after:" + TypeOf(fact));

        return after;
    }

    private async Task<IReadOnlyList<DeploymentState>> TryCommitAsync(TargetId target, IReadOnlyList<Change> changes, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var now = clock.Now;
        var after = new List<DeploymentState>();
        TargetRow? row = null;
        foreach (var change in changes)
        {
            var state = change.Before;
            foreach (var fact in change.Facts)
            {
                var next = DeploymentRules.Apply(state, fact, now);
                db.Add(Row(next, fact, now));
                if (TargetRules.Concerns(fact))
                {
                    row ??= await TargetAsync(db, target, cancellation);
                    await TargetRules.ApplyAsync(db, row, next, fact, now, cancellation);
                    row.Stamp++;
                }

                if (fact is StageSucceeded { References: not [] } made)
                    await References.AddAsync(db, target.Service, next.Request.Release.Version, made.References, next.Id, now, cancellation);

                state = next;
            }

            after.Add(state!);
            await WriteRowAsync(db, change, state!);
            await ProgressWrites.AddAsync(db, state!.Id, change.Instances, clock, cancellation);
        }

        try
        {
            await using var transaction = await database.BeginEventsAsync(db, cancellation);
            await db.SaveChangesAsync(cancellation);
            if (transaction is not null)
                await transaction.CommitAsync(cancellation);
        }
        catch (DbUpdateException e) when (WriteConflict.Is(e) && e.Entries.Any(entry => entry.Entity is EventRow or DeploymentRow))
        {
            throw new StaleWriterException(after[0].Id, e);
        }

        return after;
    }

    private static async Task<TargetRow> TargetAsync(SlipwayDb db, TargetId target, CancellationToken cancellation)
    {
        var row = await db.Set<TargetRow>().FindAsync([target.Service, target.Environment], cancellation);
        if (row is null)
            db.Add(row = new() { Service = target.Service, Environment = target.Environment });

        return row;
    }

    private static async Task WriteRowAsync(SlipwayDb db, Change change, DeploymentState state)
    {
        if (change.Facts is [])
            return;

        var row = new DeploymentRow
        {
            Id = state.Id,
            Service = state.Request.Service,
            Environment = state.Request.Environment,
            Version = state.Request.Release.Version,
            ConfigRevision = state.Request.Release.ConfigRevision,
            CreatedBy = state.Request.CreatedBy,
            CreatedAt = state.CreatedAt,
            Order = state.CreatedAt.Ticks,
            Sequence = change.Before?.Sequence ?? 0,
            View = DeploymentView.Of(state),
        };
        if (change.Before is null)
            await db.AddAsync(row);
        else
        {
            db.Update(row);
            db.Entry(row).Property(r => r.Order).IsModified = false;
        }

        row.Status = state.Status;
        row.StartedAt = state.StartedAt;
        row.FinishedAt = state.FinishedAt;
        row.Sequence = state.Sequence;
        row.View = DeploymentView.Of(state);
    }

    private static EventRow Row(DeploymentState state, DeploymentFact fact, DateTimeOffset now) => new()
    {
        Deployment = state.Id,
        Sequence = state.Sequence,
        Service = state.Request.Service,
        Environment = state.Request.Environment,
        Type = TypeOf(fact),
        Time = now,
        Actor = ActorOf(fact),
        Message = DeploymentStory.Tell(state, fact),
        Fact = JsonSerializer.Serialize(fact, EngineJson.Options),
    };

    private static string TypeOf(DeploymentFact fact) => JsonNamingPolicy.CamelCase.ConvertName(fact.GetType().Name);

    private static string? ActorOf(DeploymentFact fact) => fact switch
    {
        Created created => created.CreatedBy,
        PauseRequested request => request.By,
        Resumed request => request.By,
        CancelRequested request => request.By,
        RollbackRequested request => request.By,
        ApprovalAnswered answered => answered.By,
        Paused paused => paused.By,
        _ => null,
    };
}
