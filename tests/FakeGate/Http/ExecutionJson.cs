using System.Text.Json.Nodes;
using Slipway.FakeGate.Executions;
using Slipway.FakeGate.Faults;
using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Http;

/// <summary>An execution as Gate shows it.</summary>
internal static class ExecutionJson
{
    public static JsonObject Of(Execution execution, FaultBox faults, bool expand = true)
    {
        var shown = Wire.Object(
            ("type", execution.IsTask ? "ORCHESTRATION" : "PIPELINE"),
            ("id", execution.Id),
            ("application", execution.Application),
            (execution.IsTask ? "description" : "name", execution.Name),
            ("buildTime", Wire.Millis(execution.BuildTime)),
            ("canceled", execution.Canceled),
            ("canceledBy", execution.CanceledBy),
            ("cancellationReason", execution.CancellationReason),
            ("limitConcurrent", execution.LimitConcurrent),
            ("maxConcurrentExecutions", execution.MaxConcurrent),
            ("keepWaitingPipelines", execution.KeepWaiting),
            ("stages", Wire.Array(execution.Stages.Select(stage => Of(stage, faults, expand)))),
            ("startTime", Wire.Millis(execution.StartTime)),
            ("endTime", Wire.Millis(execution.EndTime)),
            ("status", Shown(execution.Status, faults)),
            ("authentication", Wire.Object(("user", execution.User), ("allowedAccounts", Wire.Texts(execution.AllowedAccounts)))),
            ("paused", Of(execution.Paused)),
            ("origin", execution.Origin),
            ("trigger", execution.Trigger.Copy()),
            ("pipelineConfigId", execution.ConfigId),
            ("notifications", new JsonArray()),
            ("initialConfig", Wire.Object()),
            ("systemNotifications", new JsonArray()),
            ("spelEvaluator", execution.IsTask ? null : "v4"),
            ("templateVariables", execution.IsTask ? null : Wire.Object()));
        return faults.NullsOfOldVersions ? shown : shown.WithoutNulls();
    }

    public static JsonObject Of(StageTask task, FaultBox faults)
    {
        var shown = Wire.Object(
            ("id", task.Id),
            ("implementingClass", $"com.netflix.spinnaker.orca.clouddriver.tasks.{char.ToUpperInvariant(task.Name[0])}{task.Name[1..]}Task"),
            ("name", task.Name),
            ("startTime", Wire.Millis(task.StartTime)),
            ("endTime", Wire.Millis(task.EndTime)),
            ("status", Shown(task.Status, faults)),
            ("stageStart", task.StageStart),
            ("stageEnd", task.StageEnd),
            ("loopStart", false),
            ("loopEnd", false),
            ("taskExceptionDetails", Wire.Object()));
        return faults.NullsOfOldVersions ? shown : shown.WithoutNulls();
    }

    private static JsonObject Of(Stage stage, FaultBox faults, bool expand)
    {
        var shown = Wire.Object(
            ("id", stage.Id),
            ("refId", stage.RefId),
            ("type", stage.Type),
            ("name", stage.Name),
            ("startTime", Wire.Millis(stage.StartTime)),
            ("endTime", Wire.Millis(stage.EndTime)),
            ("status", Shown(stage.Status, faults)),
            ("context", expand ? stage.Context.Copy() : []),
            ("outputs", expand ? stage.Outputs.Copy() : []),
            ("tasks", expand ? Wire.Array(stage.Tasks.Select(task => Of(task, faults))) : []),
            ("syntheticStageOwner", stage.Place switch { Place.Top => null, Place.Before => "STAGE_BEFORE", _ => "STAGE_AFTER" }),
            ("parentStageId", stage.ParentId),
            ("requisiteStageRefIds", Wire.Texts(stage.RequisiteRefIds)),
            ("lastModified", stage.LastModified is { } change
                ? Wire.Object(("user", change.User), ("allowedAccounts", new JsonArray()), ("lastModifiedTime", Wire.Millis(change.At)))
                : null));
        return faults.NullsOfOldVersions ? shown : shown.WithoutNulls();
    }

    private static JsonObject? Of(Pause? pause) => pause is null ? null : Wire.Object(
        ("pausedBy", pause.By),
        ("pauseTime", Wire.Millis(pause.At)),
        ("resumedBy", pause.ResumedBy),
        ("resumeTime", Wire.Millis(pause.ResumedAt))).WithoutNulls();

    private static string Shown(Status status, FaultBox faults) => status == Status.Running && faults.RunningIsCalled is { } other ? other : status.Wire();
}
