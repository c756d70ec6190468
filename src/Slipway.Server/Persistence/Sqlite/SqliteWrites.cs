using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Slipway.Server.Persistence.Sqlite;

/// <summary>SQLite has one writer at a time; in this process they queue here instead of polling the file's lock.</summary>
internal sealed class SqliteWrites : SaveChangesInterceptor, IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private DbContext? holder;

    /// <summary>For writes that do not go through SaveChanges. Dispose it when they are committed.</summary>
    public async Task<IDisposable> TurnAsync(CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        return new Turn(turn);
    }

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        turn.Wait();
        holder = eventData.Context;
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await turn.WaitAsync(cancellationToken);
        holder = eventData.Context;
        return result;
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        End(eventData.Context);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        End(eventData.Context);
        return ValueTask.FromResult(result);
    }

    /// <summary>A lost race is no SaveChangesFailed to Entity Framework: this is all it tells.</summary>
    public override InterceptionResult ThrowingConcurrencyException(ConcurrencyExceptionEventData eventData, InterceptionResult result)
    {
        End(eventData.Context);
        return result;
    }

    public override ValueTask<InterceptionResult> ThrowingConcurrencyExceptionAsync(ConcurrencyExceptionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        End(eventData.Context);
        return ValueTask.FromResult(result);
    }

    public override void SaveChangesFailed(DbContextErrorEventData eventData) => End(eventData.Context);

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        End(eventData.Context);
        return Task.CompletedTask;
    }

    public override void SaveChangesCanceled(DbContextEventData eventData) => End(eventData.Context);

    public override Task SaveChangesCanceledAsync(DbContextEventData eventData, CancellationToken cancellationToken = default)
    {
        End(eventData.Context);
        return Task.CompletedTask;
    }

    public void Dispose() => turn.Dispose();

    /// <summary>Once, and only by whoever has the turn: a wait that was cancelled never had it.</summary>
    private void End(DbContext? context)
    {
        if (context is not null && Interlocked.CompareExchange(ref holder, null, context) == context)
            turn.Release();
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
