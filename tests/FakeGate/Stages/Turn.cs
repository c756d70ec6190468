using System.Text.Json.Nodes;
using Slipway.FakeGate.Executions;
using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Stages;

/// <summary>One look at a stage: where it stands, when, and what there is around it.</summary>
internal sealed record Turn(Execution Execution, Stage Stage, DateTimeOffset Now, Surroundings Around)
{
    public JsonObject Context => Stage.Context;

    public Pace Pace => Around.Pace;

    /// <summary>Since the stage has started, in Spinnaker's time: what a wait or a timeout is compared with.</summary>
    public TimeSpan Elapsed => Since(Stage.StartTime);

    public string? Text(string key) => Context.Text(key);

    public string Need(string key) => Context.Text(key) ?? throw new PlanningException("IllegalArgumentException", $"Missing required parameter {key}");

    public TimeSpan Since(DateTimeOffset? moment) => moment is { } at ? (Now - at) * Around.Options.Speed : TimeSpan.Zero;

    public Result Again(JsonObject? context = null) => new Result.Again(Pace.Poll, context);

    /// <summary>A task that only takes its time.</summary>
    public static TaskSpec Step(string name) => new(name, _ => Result.Done);
}
