using System.Text.Json.Nodes;
using Slipway.FakeGate.Json;
using Slipway.FakeGate.Stages;

namespace Slipway.FakeGate.Executions;

/// <summary>Looks at a task that is due, and puts what came of it into its stage.</summary>
internal sealed class TaskRunner(Surroundings around)
{
    public void Run(Execution execution, Stage stage, StageTask task, DateTimeOffset now)
    {
        var turn = new Turn(execution, stage, now, around);
        if (stage.Context.Truth("manualSkip") == true)
            Skip(execution, stage, now);
        else
            Apply(turn, task, Look(turn, task));

        new Walk(execution, now, around).Settle();
    }

    /// <summary>A manual skip ends a stage with all its children.</summary>
    public static void Skip(Execution execution, Stage stage, DateTimeOffset now)
    {
        foreach (var child in execution.Children(stage).Where(child => !child.Status.IsComplete()).ToList())
            Skip(execution, child, now);

        foreach (var task in stage.Tasks.Where(task => task.Status == Status.Running))
            End(task, Status.Skipped, now);

        stage.Status = Status.Skipped;
        stage.EndTime = now;
    }

    private Result Look(Turn turn, StageTask task)
    {
        if (around.Faults.FailureOf(turn.Stage) is { } trouble)
            return new Result.Failed(trouble);

        if (turn.Context.Number("stageTimeoutMs") is { } limit && turn.Elapsed.TotalMilliseconds > limit)
            return Result.Fail("TimeoutException", $"{task.Name} of stage {turn.Stage.Name} timed out after {turn.Elapsed}");

        try
        {
            return around.Types.For(turn.Execution, turn.Stage)!.Tasks(turn)[int.Parse(task.Id, System.Globalization.CultureInfo.InvariantCulture) - 1].Run(turn);
        }
        catch (Exception thrown)
        {
            // As Orca does with whatever a task throws, for example about a config that makes no sense.
            return new Result.Failed(Trouble.Of(thrown));
        }
    }

    private static void Apply(Turn turn, StageTask task, Result result)
    {
        switch (result)
        {
            case Result.Succeeded done:
                turn.Context.Merge(done.Context);
                turn.Stage.Outputs.Merge(done.Outputs);
                End(task, Status.Succeeded, turn.Now);
                break;
            case Result.Again again:
                turn.Context.Merge(again.Context);
                task.Due = turn.Now + Later(turn.Around.Real(again.After));
                break;
            case Result.Failed failed:
                turn.Context.Merge(failed.Context);
                if (failed.Trouble is { } trouble)
                    turn.Context["exception"] = Exception(trouble, task.Name, turn.Now);

                End(task, FailureStatus(turn.Stage), turn.Now);
                break;
            case Result.WasCanceled:
                End(task, Status.Canceled, turn.Now);
                break;
        }
    }

    /// <summary>A rest of a few ticks, divided by a high speed, is none, and what is always due is looked at for ever.</summary>
    private static TimeSpan Later(TimeSpan after) => after > TimeSpan.FromMilliseconds(1) ? after : TimeSpan.FromMilliseconds(1);

    /// <summary>What a failure comes to, by the options of the stage.</summary>
    public static Status FailureStatus(Stage stage) =>
        stage.Context.Truth("continuePipeline") == true ? Status.FailedContinue
        : stage.Context.Truth("failPipeline") != false ? Status.Terminal
        : Status.Stopped;

    public static JsonObject Exception(Trouble trouble, string operation, DateTimeOffset now) => Wire.Object(
        ("timestamp", Wire.Millis(now)),
        ("exceptionType", trouble.Type),
        ("operation", operation),
        ("details", Wire.Object(
            ("error", trouble.Error),
            ("errors", Wire.Texts(trouble.Errors)),
            ("stackTrace", $"{trouble.Type}: {string.Join("; ", trouble.Errors)}\n\tat {operation}"))),
        ("shouldRetry", false));

    public static void End(StageTask task, Status status, DateTimeOffset now)
    {
        task.Status = status;
        task.EndTime = now;
        task.Due = null;
    }
}
