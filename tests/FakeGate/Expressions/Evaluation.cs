using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Slipway.FakeGate.Executions;
using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Expressions;

/// <summary>
/// Puts values where <c>${ … }</c> stands in a stage. What can not be worked out stays as it is and is told in
/// <c>expressionEvaluationSummary</c>; the stage goes on.
/// </summary>
internal static partial class Evaluation
{
    public static void Fill(Execution execution, Stage stage, DateTimeOffset now)
    {
        JsonObject summary = [];
        var scope = new Scope(execution, stage);
        foreach (var (key, value) in stage.Context.ToList())
            stage.Context[key] = Filled(value, key, scope, summary, now);

        stage.Name = Filled(stage.Name, "name", scope, summary, now)?.ToString() ?? stage.Name;
        if (summary.Count > 0)
            stage.Context["expressionEvaluationSummary"] = summary;
    }

    /// <summary>One value, for stages that work expressions out one after the other.</summary>
    public static JsonNode? One(Execution execution, Stage stage, JsonNode? value, JsonObject summary, DateTimeOffset now) =>
        Filled(value, "value", new(execution, stage), summary, now);

    /// <summary>A condition without <c>${}</c>. One that is no truth does not hold.</summary>
    public static bool IsTrue(Execution execution, Stage stage, string expression)
    {
        try
        {
            var whole = Whole().Match(expression);
            return Values.Truth(new Parser(whole.Success ? whole.Groups["inner"].Value : expression, new(execution, stage)).Evaluate());
        }
        catch (ExpressionException)
        {
            return false;
        }
    }

    private static JsonNode? Filled(JsonNode? value, string path, Scope scope, JsonObject summary, DateTimeOffset now)
    {
        switch (value)
        {
            case JsonObject map:
                return new JsonObject(map.ToList().Select(member => KeyValuePair.Create(member.Key, Filled(member.Value, $"{path}.{member.Key}", scope, summary, now))));
            case JsonArray list:
                return new JsonArray([.. list.Select((item, i) => Filled(item, $"{path}[{i}]", scope, summary, now))]);
            case JsonValue single when single.TryGetValue<string>(out var text) && text.Contains("${", StringComparison.Ordinal):
                return FilledText(text, path, scope, summary, now);
            default:
                return value.Copy();
        }
    }

    /// <summary>A text that is one expression and nothing else keeps the type of its value.</summary>
    private static JsonNode? FilledText(string text, string path, Scope scope, JsonObject summary, DateTimeOffset now)
    {
        try
        {
            return Whole().Match(text) is { Success: true } whole
                ? new Parser(whole.Groups["inner"].Value, scope).Evaluate().Copy()
                : Part().Replace(text, part => Values.Text(new Parser(part.Groups["inner"].Value, scope).Evaluate()) ?? "null");
        }
        catch (ExpressionException trouble)
        {
            summary[text] = new JsonArray(Wire.Object(
                ("description", $"Failed to evaluate [{path}] {trouble.Message}"),
                ("exceptionType", "org.springframework.expression.spel.SpelEvaluationException"),
                ("timestamp", Wire.Millis(now)),
                ("level", "ERROR")));
            return text;
        }
    }

    [GeneratedRegex(@"^\s*\$\{(?<inner>[^{}]*(\{[^{}]*\}[^{}]*)*)\}\s*$", RegexOptions.ExplicitCapture)]
    private static partial Regex Whole();

    [GeneratedRegex(@"\$\{(?<inner>[^{}]*(\{[^{}]*\}[^{}]*)*)\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Part();
}
