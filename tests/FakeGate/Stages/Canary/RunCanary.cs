using System.Globalization;
using System.Text.Json.Nodes;
using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Stages.Canary;

/// <summary>One judgement. A score at or below the marginal threshold ends the canary at once.</summary>
internal sealed class RunCanary : IStageType
{
    public string Name => "runCanary";

    public IReadOnlyList<TaskSpec> Tasks(Turn turn) => [new("runCanary", Start), new("monitorCanary", Monitor)];

    private static Result Start(Turn turn) => new Result.Succeeded(Wire.Object(
        ("canaryPipelineExecutionId", Executions.Ulid.New(turn.Now)),
        ("canaryPipelineStatus", "RUNNING")));

    private static Result Monitor(Turn turn)
    {
        var score = turn.Around.Judge.Judge();
        var marginal = turn.Context.Inner("scoreThresholds").Number("marginal") ?? 0;
        var context = Wire.Object(
            ("canaryPipelineStatus", "SUCCEEDED"),
            ("canaryScore", score),
            ("durationString", "PT1H"),
            ("lastUpdatedIso", turn.Now.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)),
            ("warnings", new JsonArray()));
        var message = score <= marginal ? $"Canary score {score} is not above the marginal score threshold." : $"Canary score {score} is above the marginal score threshold.";
        context["canaryScoreMessage"] = message;
        return score <= marginal ? new Result.Failed(new("CanaryFailure", [message]), context) : new Result.Succeeded(context);
    }
}
