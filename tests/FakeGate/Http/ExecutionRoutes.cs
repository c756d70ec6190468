using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.FakeGate.Executions;
using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Http;

/// <summary>Reads of executions.</summary>
internal static class ExecutionRoutes
{
    public static void MapExecutions(this IEndpointRouteBuilder app, Desk desk)
    {
        app.MapGet("/pipelines/{id}", (HttpContext http, string id) => desk.Do(now =>
        {
            var execution = desk.Need(id, now);
            desk.Allow(http, execution.Application, "READ");
            return Show(desk, execution);
        }));
        app.MapDelete("/pipelines/{id}", (HttpContext http, string id) => desk.Do(now =>
        {
            var execution = desk.Need(id, now);
            desk.Allow(http, execution.Application, "WRITE");
            if (!execution.Status.IsComplete())
                throw GateException.Upstream(409, "DELETE", $"http://orca/pipelines/{id}", "Cannot delete a running execution");

            desk.Around.Ledger.All.Remove(execution);
        }));
        app.MapGet("/applications/{application}/pipelines", (HttpContext http, string application, int? limit, string? statuses, bool? expand, string? pipelineNameFilter, int? pipelineLimit) => desk.Do(now =>
        {
            desk.Allow(http, application, "READ");
            var byPipeline = Readable(desk, now)
                .Where(execution => execution.Application.Equals(application, StringComparison.OrdinalIgnoreCase))
                .Where(execution => pipelineNameFilter is null || execution.Name.Contains(pipelineNameFilter, StringComparison.OrdinalIgnoreCase))
                .Where(Of(statuses))
                .GroupBy(execution => execution.ConfigId ?? execution.Name)
                .Take(pipelineLimit ?? int.MaxValue);
            return Wire.Array(byPipeline.SelectMany(group => group.Take(limit ?? 10)).Select(execution => Show(desk, execution, expand ?? true)));
        }));
        app.MapGet("/executions", (string? pipelineConfigIds, string? executionIds, int? limit, string? statuses, bool? expand) => desk.Do(now => Listed(desk, pipelineConfigIds, executionIds, limit ?? 1, statuses, expand ?? true, now)));
    }

    public static IEnumerable<Execution> Readable(Desk desk, DateTimeOffset now) =>
        desk.Around.Ledger.Pipelines.Where(execution => now >= execution.BuildTime + desk.Around.Faults.HiddenAfterStart).Reverse();

    public static JsonObject Show(Desk desk, Execution execution, bool expand = true) => ExecutionJson.Of(execution, desk.Around.Faults, expand);

    private static Func<Execution, bool> Of(string? statuses)
    {
        var wanted = Statuses.ParseList(statuses);
        return execution => wanted is null || wanted.Contains(execution.Status);
    }

    /// <summary>By configs or by ids; without either there is nothing.</summary>
    private static JsonArray Listed(Desk desk, string? configIds, string? executionIds, int limit, string? statuses, bool expand, DateTimeOffset now)
    {
        if (configIds is not null && executionIds is not null)
            throw new GateException(400, "Only one of pipelineConfigIds or executionIds may be given", "java.lang.IllegalArgumentException");

        if (executionIds is not null)
            return Wire.Array(Readable(desk, now).Where(execution => executionIds.Split(',').Contains(execution.Id)).Select(execution => Show(desk, execution, expand)));

        var wanted = configIds?.Split(',') ?? [];
        return Wire.Array(Readable(desk, now)
            .Where(execution => wanted.Contains(execution.ConfigId))
            .Where(Of(statuses))
            .GroupBy(execution => execution.ConfigId)
            .SelectMany(group => group.Take(limit))
            .Select(execution => Show(desk, execution, expand)));
    }
}
