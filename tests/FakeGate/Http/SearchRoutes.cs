using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.FakeGate.Executions;
using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Http;

/// <summary>Finding executions by what triggered them, and the stages that failed.</summary>
internal static class SearchRoutes
{
    public static void MapSearch(this IEndpointRouteBuilder app, Desk desk)
    {
        app.MapGet("/applications/{application}/executions/search", (HttpContext http, string application, [AsParameters] Search search) => desk.Do(now =>
        {
            if (application != "*")
                desk.Allow(http, application, "READ");

            var found = ExecutionRoutes.Readable(desk, now).Where(execution => application == "*" || execution.Application.Equals(application, StringComparison.OrdinalIgnoreCase));
            return Wire.Array(search.In(found).Select(execution => ExecutionRoutes.Show(desk, execution, search.Expand ?? false)));
        }));
        app.MapGet("/executions/failedStages", (string executionId, string? deckOrigin, int? limit) => desk.Do(now =>
            Wire.Array(Failed(desk, desk.Need(executionId, now)).Take(limit ?? 1).Select(found => Show(desk, found.Execution, found.Stage)))));
    }

    /// <summary>Leaves only, in child pipelines too.</summary>
    private static IEnumerable<(Execution Execution, Stage Stage)> Failed(Desk desk, Execution execution)
    {
        foreach (var stage in execution.Stages.Where(stage => stage.Status is Status.Terminal or Status.FailedContinue or Status.Stopped && !execution.Children(stage).Any(child => child.Status.IsComplete() && !child.Status.Passes())))
        {
            if (stage.Type == "pipeline" && stage.Context.Text("executionId") is { } id && desk.Around.Ledger.Find(id) is { } child)
            {
                foreach (var inner in Failed(desk, child))
                    yield return inner;
            }
            else
            {
                yield return (execution, stage);
            }
        }
    }

    private static JsonObject Show(Desk desk, Execution execution, Stage stage) =>
        ExecutionJson.Of(execution, desk.Around.Faults).Objects("stages").First(shown => shown.Text("id") == stage.Id).Copy()
            .Merge(Wire.Object(("executionId", execution.Id), ("application", execution.Application), ("pipelineName", execution.Name)));
}

/// <summary>What a search asks for; boundaries are in milliseconds.</summary>
internal sealed record Search
{
    public string? TriggerTypes { get; init; }

    public string? PipelineName { get; init; }

    public string? EventId { get; init; }

    public string? Trigger { get; init; }

    public long? TriggerTimeStartBoundary { get; init; }

    public long? TriggerTimeEndBoundary { get; init; }

    public string? Statuses { get; init; }

    public int? StartIndex { get; init; }

    public int? Size { get; init; }

    public bool? Reverse { get; init; }

    public bool? Expand { get; init; }

    /// <summary>Newest first, unless reversed.</summary>
    public IEnumerable<Execution> In(IEnumerable<Execution> executions)
    {
        var statuses = Executions.Statuses.ParseList(Statuses);
        var subset = string.IsNullOrEmpty(Trigger) ? null : Parse(Trigger);
        var found = executions
            .Where(execution => TriggerTypes is null || TriggerTypes.Split(',').Contains(execution.Trigger.Text("type")))
            .Where(execution => string.IsNullOrEmpty(PipelineName) || PipelineName == "*" || execution.Name == PipelineName)
            .Where(execution => string.IsNullOrEmpty(EventId) || execution.Trigger.Text("eventId") == EventId)
            .Where(execution => execution.BuildTime.ToUnixTimeMilliseconds() >= (TriggerTimeStartBoundary ?? 0))
            .Where(execution => execution.BuildTime.ToUnixTimeMilliseconds() <= (TriggerTimeEndBoundary ?? long.MaxValue))
            .Where(execution => statuses is null || statuses.Contains(execution.Status))
            .Where(execution => subset is null || Holds(execution.Trigger, subset));
        return (Reverse == true ? found.OrderBy(execution => execution.BuildTime) : found.OrderByDescending(execution => execution.BuildTime))
            .Skip(StartIndex ?? 0)
            .Take(Size ?? 10);
    }

    private static JsonObject Parse(string base64)
    {
        try
        {
            return (JsonObject)JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(base64)))!;
        }
        catch (Exception trouble) when (trouble is FormatException or JsonException or InvalidCastException)
        {
            throw new GateException(400, $"Failed to parse trigger: {trouble.Message}", "java.lang.IllegalArgumentException");
        }
    }

    /// <summary>Every given field is the same whatever its case, or matches as a regular expression.</summary>
    private static bool Holds(JsonNode? actual, JsonNode? wanted) => (actual, wanted) switch
    {
        (JsonObject map, JsonObject fields) => fields.All(field => Holds(map[field.Key], field.Value)),
        (JsonArray list, JsonArray items) => items.All(item => list.Any(one => Holds(one, item))),
        (JsonValue, JsonValue) => Same(actual.ToString(), wanted.ToString()),
        _ => wanted is null,
    };

    private static bool Same(string actual, string wanted)
    {
        if (actual.Equals(wanted, StringComparison.OrdinalIgnoreCase))
            return true;

        try
        {
            return Regex.IsMatch(actual, $"^(?:{wanted})$");
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
