using System.Text.Json.Nodes;
using Slipway.FakeGate.Executions;
using Slipway.FakeGate.Http;
using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Stages;

/// <summary>Runs another pipeline, and waits for it unless told not to.</summary>
internal sealed class PipelineStage : IStageType
{
    public string Name => "pipeline";

    public IReadOnlyList<TaskSpec> Tasks(Turn turn) => turn.Context.Truth("waitForCompletion") == false
        ? [new("startPipeline", Start)]
        : [new("startPipeline", Start), new("monitorPipeline", Monitor)];

    public bool CanManuallySkip(Stage stage) => stage.Context.Truth("skippable") == true;

    public void OnCancel(Turn turn)
    {
        if (Started(turn) is { } child && !child.Status.IsComplete())
            child.Messages.Add(new(Ask.Cancel, turn.Now, "parent pipeline", $"Parent pipeline {turn.Execution.Id} was canceled"));
    }

    private static Result Start(Turn turn)
    {
        var id = turn.Text("pipeline") ?? turn.Need("pipelineId");
        var application = turn.Text("pipelineApplication") ?? turn.Text("application") ?? turn.Execution.Application;
        if (turn.Around.Configs.Find(application, id) is not { } config)
            return Result.Fail("IllegalArgumentException", $"The referenced pipeline cannot be located ({id})");

        var trigger = Wire.Object(
            ("type", "pipeline"),
            ("user", turn.Execution.User),
            ("parameters", (turn.Context["pipelineParameters"] as JsonObject)?.Copy() ?? []),
            ("parentExecution", ExecutionJson.Of(turn.Execution, turn.Around.Faults)),
            ("parentPipelineId", turn.Execution.Id),
            ("parentPipelineStageId", turn.Stage.Id),
            ("parentPipelineName", turn.Execution.Name),
            ("strategy", turn.Stage.ParentId is not null));
        var started = turn.Around.Launcher.Start(config.Copy(), trigger, turn.Execution.User, "api", turn.Now);
        return started.Id is { } child
            ? new Result.Succeeded(Wire.Object(("executionId", child), ("executionName", config["name"].Copy())))
            : Result.Fail("IllegalStateException", started.Refusal!);
    }

    private static Result Monitor(Turn turn) => Started(turn) switch
    {
        null => Result.Fail("ExecutionNotFoundException", "The child execution is gone"),
        { Status: Status.Succeeded } child => new Result.Succeeded(Outputs: Produced(child)),
        { Status: Status.Canceled } => new Result.WasCanceled(),
        var child when child.Status.IsComplete() => new Result.Failed(new("ChildPipelineFailure", [.. Troubles(child)], "Exception in child pipeline")),
        _ => turn.Again(),
    };

    private static Execution? Started(Turn turn) => turn.Text("executionId") is { } id ? turn.Around.Ledger.Find(id) : null;

    private static JsonObject Produced(Execution child)
    {
        JsonObject all = [];
        foreach (var stage in child.Tops)
            all.Merge(stage.Outputs);

        return all;
    }

    private static IEnumerable<string> Troubles(Execution child)
    {
        var found = child.Stages
            .Where(stage => stage.Context["exception"] is JsonObject)
            .SelectMany(stage => stage.Context.Inner("exception").Inner("details").List("errors").Select(error => $"Exception in child pipeline stage ({child.Name}: {stage.Name}): {error}"))
            .ToList();
        return found.Count > 0 ? found : [$"{child.Name} ended {child.Status.Wire()}"];
    }
}
