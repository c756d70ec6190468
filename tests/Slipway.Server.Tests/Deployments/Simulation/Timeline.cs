namespace Slipway.Server.Tests.Deployments.Simulation;

/// <summary>What will happen outside of the server, and when. Two things of the same moment keep their order.</summary>
internal sealed class Timeline(SimulatedClock clock)
{
    private readonly PriorityQueue<Func<Task>, (DateTimeOffset Time, long Number)> events = new();
    private long number;

    public DateTimeOffset? Next => events.TryPeek(out _, out var when) ? when.Time : null;

    public void After(TimeSpan delay, Action action) => After(delay, () =>
    {
        action();
        return Task.CompletedTask;
    });

    public void After(TimeSpan delay, Func<Task> action) => events.Enqueue(action, (clock.Now + delay, number++));

    public Task RunNextAsync() => events.Dequeue()();
}
