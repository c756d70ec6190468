using Slipway.Contracts.Ids;

namespace Slipway.Server.Changes;

/// <summary>Hears that something was stored or said, and wakes the feed. Whoever tells it waits for nothing.</summary>
internal sealed class ChangeSignals : IDisposable
{
    private readonly Lock gate = new();
    private readonly SemaphoreSlim wake = new(0, 1);
    private RawChanges changes = new();

    public void Target(TargetId target) => Note(target, static (changes, target) => changes.Targets.Add(target));

    public void Catalog(string kind) => Note(kind, static (changes, kind) => changes.Kinds.Add(kind));

    public void Rows(RawChanges more) => Note(more, static (changes, more) => changes.Add(more));

    public RawChanges Take()
    {
        lock (gate)
        {
            var taken = changes;
            changes = new();
            return taken;
        }
    }

    /// <summary>Until something was told, or the time is over.</summary>
    public Task WaitAsync(TimeSpan timeout, CancellationToken cancellation) => wake.WaitAsync(timeout, cancellation);

    public void Dispose() => wake.Dispose();

    private void Note<T>(T what, Action<RawChanges, T> note)
    {
        lock (gate)
        {
            note(changes, what);
            if (wake.CurrentCount == 0)
                wake.Release();
        }
    }
}
