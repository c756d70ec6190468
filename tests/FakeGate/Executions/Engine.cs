namespace Slipway.FakeGate.Executions;

/// <summary>Runs what is due, in the order in which it was due.</summary>
internal sealed class Engine(Surroundings around)
{
    private readonly TaskRunner tasks = new(around);
    private readonly Control control = new(around);

    public void CatchUp(DateTimeOffset now)
    {
        while (Next() is { } next && next.Due <= now)
            around.Turnstile.At(next.Due, next.Run);
    }

    /// <summary>Runs one execution to its end at once, as if nothing in it took any time.</summary>
    public void Rush(Execution execution, DateTimeOffset now)
    {
        while (Things(execution, now).MinBy(thing => thing.Due) is { } next)
            next.Run();
    }

    private Thing? Next()
    {
        Thing? first = null;
        foreach (var thing in around.Ledger.All.SelectMany(execution => Things(execution)).Concat(Triggers()))
        {
            if (first is null || thing.Due < first.Due)
                first = thing;
        }

        return first;
    }

    private IEnumerable<Thing> Things(Execution execution, DateTimeOffset? at = null)
    {
        foreach (var message in execution.Messages)
            yield return new(message.Due, () => control.Handle(execution, message, at ?? message.Due));

        if (execution.Status is not (Status.Running or Status.Paused))
            yield break;

        foreach (var stage in execution.Stages)
        {
            if (stage.Tasks.Find(task => task.Status == Status.Running) is { Due: { } due } task)
                yield return new(due, () => tasks.Run(execution, stage, task, at ?? due));
        }
    }

    private IEnumerable<Thing> Triggers() =>
        around.Ledger.Pending.Select(trigger => new Thing(trigger.Due, () => around.Launcher.FromEcho(trigger)));

    private sealed record Thing(DateTimeOffset Due, Action Run);
}
