using System.Text.Json;
using System.Text.RegularExpressions;

namespace Slipway.Scenarios.Tests.Aws;

/// <summary>A policy as AWS reads it: what no statement allows is refused, and what one denies stays denied.</summary>
internal sealed class PolicyDocument(string json)
{
    private readonly JsonElement[] statements = [.. JsonDocument.Parse(json).RootElement.GetProperty("Statement").EnumerateArray()];

    public IEnumerable<string> AllowedActions => statements.Where(statement => Effect(statement) == "Allow").SelectMany(statement => Texts(statement.GetProperty("Action")));

    public bool Allows(AwsCall call) => Any("Allow", call) && !Denies(call);

    public bool Denies(AwsCall call) => Any("Deny", call);

    private bool Any(string effect, AwsCall call) => statements.Any(statement =>
        Effect(statement) == effect
        && Texts(statement.GetProperty("Action")).Any(pattern => Like(pattern, call.Action))
        && Texts(statement.GetProperty("Resource")).Any(pattern => Like(pattern, call.Resource))
        && (!statement.TryGetProperty("Condition", out var conditions) || conditions.EnumerateObject().All(condition => Holds(condition, call))));

    private static bool Holds(JsonProperty condition, AwsCall call) => condition.Value.EnumerateObject().All(key =>
    {
        var value = call.Context.GetValueOrDefault(key.Name);
        var patterns = Texts(key.Value);
        return condition.Name switch
        {
            "StringEquals" => patterns.Contains(value),
            "StringLike" or "ArnEquals" => value is not null && patterns.Any(pattern => Like(pattern, value)),
            "StringNotEquals" => !patterns.Contains(value),
            "StringNotLike" or "ArnNotEquals" => value is null || !patterns.Any(pattern => Like(pattern, value)),
            var other => throw new NotSupportedException($"The test does not know the condition {other}."),
        };
    });

    private static string Effect(JsonElement statement) => statement.GetProperty("Effect").GetString()!;

    private static string[] Texts(JsonElement element) => element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray().Select(item => item.GetString()!)] : [element.GetString()!];

    private static bool Like(string pattern, string text) => Regex.IsMatch(text, "^" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal) + "$");
}
