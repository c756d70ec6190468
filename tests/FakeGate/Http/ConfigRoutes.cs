using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Http;

/// <summary>Pipeline configs.</summary>
internal static class ConfigRoutes
{
    public static void MapConfigs(this IEndpointRouteBuilder app, Desk desk)
    {
        app.MapGet("/applications/{application}/pipelineConfigs", (HttpContext http, string application, string? pipelineNameFilter, int? pipelineLimit) => desk.Do(_ =>
        {
            desk.Allow(http, application, "READ");
            var found = desk.Around.Configs.Of(application).Where(config => pipelineNameFilter is null || config.Text("name")!.Contains(pipelineNameFilter, StringComparison.OrdinalIgnoreCase));
            return Wire.Array(found.Take(pipelineLimit ?? int.MaxValue).Select(config => config.Copy()));
        }));
        app.MapGet("/applications/{application}/pipelineConfigs/{pipelineName}", (HttpContext http, string application, string pipelineName) => desk.Do(_ =>
        {
            desk.Allow(http, application, "READ");
            return desk.Around.Configs.Of(application).FirstOrDefault(config => config.Text("name") == pipelineName)?.Copy() ?? throw Unknown(application, pipelineName);
        }));
        app.MapGet("/pipelineConfigs", () => desk.Do(_ => Wire.Array(desk.Around.Configs.Configs.Select(config => config.Copy()))));
        app.MapGet("/pipelineConfigs/{pipelineConfigId}/history", (string pipelineConfigId, int? limit) => desk.Do(_ =>
            Wire.Array((desk.Around.Configs.History.GetValueOrDefault(pipelineConfigId) ?? throw GateException.NotFound("front50", $"/pipelines/{pipelineConfigId}/history")).Take(limit ?? 20).Select(config => config.Copy()))));
        app.MapPost("/pipelines", (HttpContext http, bool? staleCheck, Body body) => Saved(desk, http, body.Json, staleCheck ?? false));
        app.MapPut("/pipelines/{id}", (HttpContext http, string id, Body body) => Replaced(desk, http, id, body.Json));
        app.MapPost("/pipelines/move", (HttpContext http, Body body) => Moved(desk, http, body.Json));
        app.MapPost("/pipelines/bulksave", (HttpContext http, string? application, BodyList body) => SavedAll(desk, http, body.Json));
        app.MapDelete("/pipelines/{application}/{pipelineName}", (HttpContext http, string application, string pipelineName) => desk.Do(_ =>
        {
            desk.Allow(http, application, "WRITE");
            desk.Around.Configs.Delete(desk.Around.Configs.Of(application).FirstOrDefault(config => config.Text("name") == pipelineName) ?? throw Unknown(application, pipelineName));
        }));
    }

    /// <summary>Gate runs a task of Orca and waits for it; the answer does not hold the new id.</summary>
    private static IResult Saved(Desk desk, HttpContext http, JsonObject config, bool staleCheck) => desk.Do(now =>
    {
        desk.Allow(http, config.Text("application") ?? "", "WRITE");
        var job = Wire.Object(
            ("type", "savePipeline"),
            ("pipeline", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(config.ToJsonString()))),
            ("user", Desk.Caller(http).Name),
            ("staleCheck", staleCheck));
        var task = desk.Around.Launcher.StartTask(config.Text("application") ?? "", $"Save pipeline '{config.Text("name") ?? "null"}'", [job], Desk.Caller(http).Name, now);
        desk.Engine.Rush(task, now);
        if (task.Stages[0].Context.Inner("exception") is { Count: > 0 } exception)
            throw new GateException(400, exception.Inner("details").List("errors") is [var first, ..] ? first : $"Pipeline save operation did not succeed: {task.Id} (status: TERMINAL)", "com.netflix.spinnaker.gate.controllers.PipelineController$PipelineException");
    });

    private static IResult Replaced(Desk desk, HttpContext http, string id, JsonObject config) => desk.Do(now =>
    {
        desk.Allow(http, config.Text("application") ?? "", "WRITE");
        if (desk.Around.Configs.ById(id) is null)
            throw GateException.NotFound("front50", $"/pipelines/{id}");

        config["id"] = id;
        return desk.Around.Configs.Save(config, false, Desk.Caller(http).Name, now) is { } trouble
            ? throw GateException.Upstream(400, "PUT", $"http://front50/pipelines/{id}", trouble)
            : desk.Around.Configs.ById(id)!.Copy();
    });

    private static IResult Moved(Desk desk, HttpContext http, JsonObject request) => desk.Do(now =>
    {
        var application = request.Text("application") ?? "";
        desk.Allow(http, application, "WRITE");
        var config = desk.Around.Configs.Find(application, request.Text("from") ?? "") ?? throw Unknown(application, request.Text("from") ?? "");
        var renamed = config.Copy().Merge(Wire.Object(("name", request["to"].Copy())));
        if (desk.Around.Configs.Save(renamed, false, Desk.Caller(http).Name, now) is { } trouble)
            throw new GateException(400, trouble);
    });

    private static IResult SavedAll(Desk desk, HttpContext http, IReadOnlyList<JsonObject> configs) => desk.Do(now =>
    {
        JsonArray saved = [], failed = [];
        foreach (var config in configs)
        {
            desk.Allow(http, config.Text("application") ?? "", "WRITE");
            if (desk.Around.Configs.Save(config, false, Desk.Caller(http).Name, now) is { } trouble)
                failed.Add((JsonNode)config.Copy().Merge(Wire.Object(("errorMsg", trouble))));
            else
                saved.Add((JsonNode?)config.Text("name"));
        }

        return Wire.Object(("successful_pipelines_count", saved.Count), ("successful_pipelines", saved), ("failed_pipelines_count", failed.Count), ("failed_pipelines", failed));
    });

    private static GateException Unknown(string application, string name) =>
        new(404, $"Pipeline config (id: {name}) not found in application (id: {application})", "com.netflix.spinnaker.kork.web.exceptions.NotFoundException");
}
