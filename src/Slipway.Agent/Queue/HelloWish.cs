namespace Slipway.Agent.Queue;

/// <summary>
/// That the whole story should be told again, at a moment within the time that somebody gave: ten thousand agents that are asked at once answer
/// spread out.
/// </summary>
internal sealed class HelloWish(Random random, TimeProvider time)
{
    private readonly Lock gate = new();
    private TaskCompletionSource changed = NewSignal();
    private long? dueAt;

    public void Within(TimeSpan within)
    {
        var due = time.GetTimestamp() + (long)(within.TotalSeconds * random.NextDouble() * time.TimestampFrequency);
        lock (gate)
        {
            if (dueAt <= due)
                return;

            dueAt = due;
            changed.TrySetResult();
            changed = NewSignal();
        }
    }

    public void Done()
    {
        lock (gate)
            dueAt = null;
    }

    /// <summary>Completes when it is time.</summary>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task wait;
            lock (gate)
            {
                if (dueAt is { } due && due <= time.GetTimestamp())
                    return;

                wait = dueAt is { } later ? Task.WhenAny(changed.Task, Task.Delay(Left(later), time, cancellation)) : changed.Task;
            }

            await wait.WaitAsync(cancellation);
        }
    }

    /// <summary>Whole milliseconds, upwards: a delay knows no parts of them, and would end too early.</summary>
    private TimeSpan Left(long due) => TimeSpan.FromMilliseconds(Math.Ceiling((due - time.GetTimestamp()) * 1000.0 / time.TimestampFrequency));

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
