namespace Slipway.FakeGate.Executions;

/// <summary>Runs of one pipeline that wait for each other.</summary>
internal sealed class WaitingLine(Surroundings around)
{
    public bool MustWait(Execution execution)
    {
        var running = Others(execution).Count(other => other.Status is Status.Running or Status.Paused);
        return running > 0 && (execution.LimitConcurrent || (execution.MaxConcurrent > 0 && running >= execution.MaxConcurrent));
    }

    /// <summary>One has ended: the next one starts. Where waiting ones are not kept, it is the newest, and the others are canceled.</summary>
    public void Ended(Execution ended, DateTimeOffset now)
    {
        // What ends before it has started has made no room.
        if (ended.ConfigId is null || ended.StartTime is null)
            return;

        // One that has not come to its start yet is not waiting.
        var waiting = Others(ended).Where(other => other.Status == Status.NotStarted && other.Messages.Count == 0).ToList();
        if (waiting.Count == 0)
            return;

        var next = ended.KeepWaiting ? waiting[0] : waiting[^1];
        next.Messages.Add(new(Ask.Start, now + around.Real(around.Pace.Task), next.User));
        if (ended.KeepWaiting)
            return;

        foreach (var late in waiting.Where(late => late != next))
            Displace(late, now);
    }

    private static void Displace(Execution execution, DateTimeOffset now)
    {
        execution.Status = Status.Canceled;
        execution.Canceled = true;
        execution.CanceledBy = "spinnaker";
        execution.CancellationReason = "There is a newer execution waiting";
        execution.EndTime = now;
    }

    private IEnumerable<Execution> Others(Execution execution) =>
        around.Ledger.All.Where(other => other != execution && other.ConfigId is not null && other.ConfigId == execution.ConfigId);
}
