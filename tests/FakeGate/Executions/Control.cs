using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Executions;

/// <summary>Does what a message asks, when it is due. What can not be done is dropped without a word, as Orca does.</summary>
internal sealed class Control(Surroundings around)
{
    public void Handle(Execution execution, Message message, DateTimeOffset now)
    {
        execution.Messages.Remove(message);
        switch (message.Ask)
        {
            case Ask.Start:
                Start(execution, now);
                break;
            case Ask.Cancel:
                Cancel(execution, message, now);
                break;
            case Ask.Pause when execution.Status == Status.Running:
                execution.Status = Status.Paused;
                execution.Paused = new(message.User, now);
                break;
            case Ask.Resume when execution is { Status: Status.Paused, Paused: { } pause }:
                execution.Status = Status.Running;
                execution.Paused = pause with { ResumedBy = message.User, ResumedAt = now };
                break;
            case Ask.Restart:
                Restart(execution, message, now);
                break;
        }

        new Walk(execution, now, around).Settle();
    }

    private void Start(Execution execution, DateTimeOffset now)
    {
        if (execution.Status != Status.NotStarted || around.Launcher.Waiting.MustWait(execution))
            return;

        execution.Status = Status.Running;
        execution.StartTime = now;
    }

    private void Cancel(Execution execution, Message message, DateTimeOffset now)
    {
        if (execution.Status.IsComplete())
            return;

        execution.Canceled = true;
        execution.CanceledBy = message.User;
        execution.CancellationReason = message.Reason;
        new Walk(execution, now, around).End(Status.Canceled);
    }

    private static void Restart(Execution execution, Message message, DateTimeOffset now)
    {
        if (execution.Find(message.StageId!) is not { } asked)
            return;

        var top = execution.Top(asked);
        if (!top.Status.IsComplete() && top.Status != Status.NotStarted)
            return;

        var exception = execution.Stages.Where(stage => execution.Top(stage) == top).Select(stage => stage.Context["exception"]).FirstOrDefault(found => found is not null).Copy();
        foreach (var stage in Downstream(execution, top))
            Reset(execution, stage);

        top.Context["restartDetails"] = Wire.Object(("restartedBy", message.User), ("restartTime", Wire.Millis(now)), ("previousException", exception)).WithoutNulls();
        execution.Status = Status.Running;
        execution.StartTime ??= now;
        execution.EndTime = null;
        execution.Canceled = false;
        execution.CanceledBy = execution.CancellationReason = null;
    }

    private static List<Stage> Downstream(Execution execution, Stage top)
    {
        List<Stage> found = [top];
        for (var i = 0; i < found.Count; i++)
            found.AddRange(execution.Tops.Where(stage => stage.RequisiteRefIds.Contains(found[i].RefId) && !found.Contains(stage)).ToList());

        return found;
    }

    private static void Reset(Execution execution, Stage stage)
    {
        execution.Stages.RemoveAll(other => other != stage && execution.Top(other) == stage);
        stage.Status = Status.NotStarted;
        stage.StartTime = stage.EndTime = null;
        stage.Tasks.Clear();
        stage.Outputs = [];
        stage.AfterIsPlanned = stage.FailureIsPlanned = false;
        foreach (var key in (string[])["exception", "judgmentStatus", "judgmentInput", "manualSkip", "executionId"])
            stage.Context.Remove(key);
    }
}
