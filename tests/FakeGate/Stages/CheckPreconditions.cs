using Slipway.FakeGate.Executions;
using Slipway.FakeGate.Expressions;
using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Stages;

/// <summary>One child for each precondition; one that does not hold fails, unless it is only to be told.</summary>
internal sealed class CheckPreconditions : IStageType
{
    public string Name => "checkPreconditions";

    public IReadOnlyList<Child> Parts(Turn turn) => turn.Stage.ParentId is not null ? [] :
    [
        .. turn.Context.Objects("preconditions").Select(precondition => new Child(
            "checkPreconditions",
            $"Check precondition ({precondition.Text("type")})",
            Wire.Object(("preconditionType", precondition["type"].Copy()), ("context", precondition.Inner("context").Copy()), ("failPipeline", precondition.Truth("failPipeline") ?? true)))),
    ];

    public IReadOnlyList<TaskSpec> Tasks(Turn turn) => turn.Stage.ParentId is null ? [] : [new("checkPrecondition", Check)];

    private static Result Check(Turn turn)
    {
        var holds = turn.Text("preconditionType") switch
        {
            // Already worked out, for it stands in ${} or not.
            "expression" => Evaluation.IsTrue(turn.Execution, turn.Stage, turn.Context.Inner("context").Text("expression") ?? "true"),
            "clusterSize" => Size(turn) == (int)(turn.Context.Inner("context").Number("expected") ?? 0),
            "stageStatus" => turn.Execution.Stages.Find(stage => stage.Name == turn.Context.Inner("context").Text("stageName"))?.Status.Wire() == turn.Context.Inner("context").Text("stageStatus"),
            _ => false,
        };
        return holds
            ? Result.Done
            : Result.Fail("PreconditionFailure", turn.Context.Inner("context").Text("failureMessage") ?? $"Precondition check failed: {turn.Text("preconditionType")}");
    }

    private static int Size(Turn turn)
    {
        var asked = turn.Context.Inner("context");
        return asked.List("regions").Sum(region => turn.Around.World.State.Cluster(asked.Text("credentials") ?? "", region, asked.Text("cluster") ?? "").Count());
    }
}
