namespace Slipway.FakeGate.Executions;

/// <summary>
/// Everything happens one at a time and in its order: whoever enters first brings all that is due up to now, then does its own.
/// So nothing runs by itself, and what is seen at a time never depends on who looked before.
/// </summary>
internal sealed class Turnstile(TimeProvider time)
{
    private readonly Lock entrance = new();
    private DateTimeOffset? moment;

    /// <summary>Brings everything up to the given time.</summary>
    public Action<DateTimeOffset> CatchUp { get; set; } = _ => { };

    /// <summary>Called when something may have changed.</summary>
    public Action Left { get; set; } = () => { };

    public void Do(Action<DateTimeOffset> work) => Do(now =>
    {
        work(now);
        return true;
    });

    public T Do<T>(Func<DateTimeOffset, T> work)
    {
        lock (entrance)
        {
            if (moment is { } within)
                return work(within);

            try
            {
                var now = time.GetUtcNow();
                CatchUp(now);
                moment = now;
                return work(now);
            }
            finally
            {
                moment = null;
                Left();
            }
        }
    }

    /// <summary>Runs work that was due at an earlier moment; only while entered.</summary>
    public void At(DateTimeOffset due, Action work)
    {
        var before = moment;
        moment = due;
        try
        {
            work();
        }
        finally
        {
            moment = before;
        }
    }
}
