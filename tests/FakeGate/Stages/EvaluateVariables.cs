using System.Text.Json.Nodes;
using Slipway.FakeGate.Expressions;
using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Stages;

/// <summary>Makes outputs of expressions, one after the other, so that a later one can use an earlier. One that fails, fails the stage.</summary>
internal sealed class EvaluateVariables : IStageType
{
    public string Name => "evaluateVariables";

    public IReadOnlyList<TaskSpec> Tasks(Turn turn) => [new("evaluateVariables", Evaluate)];

    private static Result Evaluate(Turn turn)
    {
        JsonObject summary = [], made = [];
        foreach (var variable in turn.Context.Objects("variables").ToList())
        {
            var name = variable.Text("key") ?? "";
            var value = Evaluation.One(turn.Execution, turn.Stage, variable["value"], summary, turn.Now);
            made[name] = value;

            // For the variables after it.
            turn.Context[name] = value.Copy();
        }

        foreach (var (name, _) in made)
            turn.Context.Remove(name);

        return summary.Count == 0
            ? new Result.Succeeded(Outputs: made)
            : new Result.Failed(new("ExpressionEvaluationFailure", [.. summary.Select(entry => entry.Value![0]!["description"]!.GetValue<string>())]), Wire.Object(("expressionEvaluationSummary", summary)));
    }
}
