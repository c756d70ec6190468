using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Slipway.Server.Access;
using Slipway.Server.Deployments;
using Slipway.Server.Environments;
using Slipway.Server.Instances;
using Slipway.Server.Services;
using Slipway.Server.Targets;
using Slipway.Server.Targets.Observing;

namespace Slipway.Server.Changes;

/// <summary>
/// Notices what every SaveChanges stores, whichever folder's it is, so that no place that writes can forget to tell. It is told on after the commit only.
/// </summary>
internal sealed class RowChanges(ChangeSignals signals) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    private readonly ConditionalWeakTable<DbContext, Noticed> noticed = [];
    private readonly ConditionalWeakTable<DbContext, RawChanges> uncommitted = [];

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Begin(eventData.Context!);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Begin(eventData.Context!);
        return ValueTask.FromResult(result);
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        End(eventData.Context, stored: true);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        End(eventData.Context, stored: true);
        return ValueTask.FromResult(result);
    }

    public override InterceptionResult ThrowingConcurrencyException(ConcurrencyExceptionEventData eventData, InterceptionResult result)
    {
        End(eventData.Context, stored: false);
        return result;
    }

    public override ValueTask<InterceptionResult> ThrowingConcurrencyExceptionAsync(ConcurrencyExceptionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        End(eventData.Context, stored: false);
        return ValueTask.FromResult(result);
    }

    public override void SaveChangesFailed(DbContextErrorEventData eventData) => End(eventData.Context, stored: false);

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        End(eventData.Context, stored: false);
        return Task.CompletedTask;
    }

    public override void SaveChangesCanceled(DbContextEventData eventData) => End(eventData.Context, stored: false);

    public override Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default)
    {
        End(eventData.Context, stored: false);
        return Task.CompletedTask;
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Ended(eventData.Context, committed: true);

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Ended(eventData.Context, committed: true);
        return Task.CompletedTask;
    }

    public void TransactionRolledBack(DbTransaction transaction, TransactionEndEventData eventData) => Ended(eventData.Context, committed: false);

    public Task TransactionRolledBackAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Ended(eventData.Context, committed: false);
        return Task.CompletedTask;
    }

    private void Begin(DbContext context)
    {
        var changes = new RawChanges();
        var detects = context.ChangeTracker.AutoDetectChangesEnabled;
        foreach (var entry in context.ChangeTracker.Entries())
        {
            if (entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
                Note(changes, entry);
        }

        // What was just found need not be looked for again: with 10,000 rows of progress that costs as much as writing them.
        context.ChangeTracker.AutoDetectChangesEnabled = false;
        noticed.AddOrUpdate(context, new(changes, detects));
    }

    private void End(DbContext? context, bool stored)
    {
        if (context is null || !noticed.TryGetValue(context, out var found))
            return;

        noticed.Remove(context);
        context.ChangeTracker.AutoDetectChangesEnabled = found.Detects;
        if (!stored)
            return;

        if (context.Database.CurrentTransaction is null)
            signals.Rows(found.Changes);
        else
            uncommitted.GetOrCreateValue(context).Add(found.Changes);
    }

    private void Ended(DbContext? context, bool committed)
    {
        if (context is not null && uncommitted.Remove(context, out var changes) && committed)
            signals.Rows(changes);
    }

    private static void Note(RawChanges changes, EntityEntry entry)
    {
        switch (entry.Entity)
        {
            case EventRow:
                changes.Events = true;
                return;
            case ProgressRow progress:
                changes.Progress.Add(progress.Deployment);
                return;
            case TargetRow target:
                changes.Targets.Add(target.Id);
                if (entry.State != EntityState.Modified || entry.Property(nameof(TargetRow.Version)).IsModified)
                    changes.Services.Add(target.Service);
                return;
            case ObservationRow observation:
                changes.Targets.Add(new(observation.Service, observation.Environment));
                return;
            case AssignmentRow assignment:
                changes.Targets.Add(new(assignment.Service, assignment.Environment));
                changes.Targets.Add(new(assignment.Service, entry.OriginalValues.GetValue<EnvironmentName>(nameof(AssignmentRow.Environment))));
                changes.Kinds.Add(ChangeKinds.Instances);
                return;
            case TokenRow when entry.State == EntityState.Modified && entry.Properties.All(property => !property.IsModified || property.Metadata.Name == nameof(TokenRow.LastUsedAt)):
                return;
            case ServiceRow service:
                changes.Services.Add(service.Name);
                break;
            case EnvironmentRow:
                changes.AllTargets = true;
                break;
        }

        if (ChangeKinds.OfTable(entry.Metadata.GetTableName()) is { } kind)
            changes.Kinds.Add(kind);
    }

    private sealed record Noticed(RawChanges Changes, bool Detects);
}
