using System.Text.Json.Nodes;
using Slipway.FakeGate.Executions;
using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Expressions;

/// <summary>What the names in an expression mean at one stage of an execution.</summary>
internal sealed class Scope(Execution execution, Stage stage)
{
    public JsonNode? Root(string name) => name switch
    {
        "parameters" => execution.Trigger["parameters"],
        "trigger" => execution.Trigger,
        "execution" => ExecutionView(),
        "stage" => View(stage),
        _ when stage.Context.TryGetPropertyValue(name, out var own) => own,
        _ when execution.Ancestors(stage).FirstOrDefault(above => above.Outputs.ContainsKey(name)) is { } above => above.Outputs[name],
        _ => throw new ExpressionException($"EL1007E: Property or field '{name}' cannot be found on null"),
    };

    public JsonNode? Function(string name, List<JsonNode?> given) => name switch
    {
        "stage" => Named(Values.Text(given[0])) is { } found ? View(found) : throw new ExpressionException($"Unable to locate [{Values.Text(given[0])}] using #stage({Values.Text(given[0])}) in execution {execution.Id}"),
        "stageExists" => Named(Values.Text(given[0])) is not null,
        "toInt" => (int)Values.Number(given[0]),
        "toFloat" => Values.Number(given[0]),
        "toBoolean" => Values.Truth(given[0]),
        "toJson" => given[0]?.ToJsonString() ?? "null",
        "alphanumerical" => new string([.. (Values.Text(given[0]) ?? "").Where(char.IsAsciiLetterOrDigit)]),
        _ => throw new ExpressionException($"EL1006E: Function '{name}' could not be found"),
    };

    private Stage? Named(string? name) => execution.Tops.FirstOrDefault(top => top.Name == name) ?? execution.Stages.Find(other => other.Id == name || other.Name == name);

    private JsonObject ExecutionView() => Wire.Object(
        ("id", execution.Id),
        ("name", execution.Name),
        ("application", execution.Application),
        ("status", execution.Status.Wire()),
        ("buildTime", Wire.Millis(execution.BuildTime)),
        ("startTime", Wire.Millis(execution.StartTime)),
        ("authentication", Wire.Object(("user", execution.User))),
        ("trigger", execution.Trigger.Copy()),
        ("stages", Wire.Array(execution.Stages.Select(View))));

    private static JsonObject View(Stage stage) => Wire.Object(
        ("id", stage.Id),
        ("refId", stage.RefId),
        ("name", stage.Name),
        ("type", stage.Type),
        ("status", stage.Status.Wire()),
        ("context", stage.Context.Copy().Merge(stage.Outputs)),
        ("outputs", stage.Outputs.Copy()),
        ("hasSucceeded", stage.Status == Status.Succeeded),
        ("hasFailed", stage.Status is Status.Terminal or Status.FailedContinue));
}
