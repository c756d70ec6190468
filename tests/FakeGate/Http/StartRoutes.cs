using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Http;

/// <summary>The ways to start a pipeline.</summary>
internal static class StartRoutes
{
    public static void MapStarts(this IEndpointRouteBuilder app, Desk desk)
    {
        app.MapPost("/pipelines/{application}/{pipelineNameOrId}", (HttpContext http, string application, string pipelineNameOrId, Body body) =>
            Started(desk, http, application, pipelineNameOrId, body.Json));
        app.MapPost("/pipelines/v2/{application}/{pipelineNameOrId}", (HttpContext http, string application, string pipelineNameOrId, Body body) =>
            StartedLater(desk, http, application, pipelineNameOrId, body.Json));
        app.MapPost("/pipelines/start", (HttpContext http, Body body) => StartedUnsaved(desk, http, body.Json));
    }

    /// <summary>The body is the trigger.</summary>
    private static IResult Started(Desk desk, HttpContext http, string application, string nameOrId, JsonObject trigger)
    {
        var answer = desk.Around.Turnstile.Do(now =>
        {
            desk.Allow(http, application, "EXECUTE");
            var config = desk.Around.Configs.Find(application, nameOrId)
                ?? throw Unable(404, application, nameOrId, $"Pipeline configuration not found (applicationName: {application}, pipelineNameOrId: {nameOrId})");
            var started = desk.Around.Launcher.Start(config.Copy(), trigger, Desk.Caller(http).Name, Desk.Origin(http), now);
            return started.Id is { } id ? Reference(id) : throw Unable(400, application, nameOrId, started.Refusal!);
        });
        return Answers.Json(answer, StatusCodes.Status202Accepted);
    }

    private static IResult StartedLater(Desk desk, HttpContext http, string application, string nameOrId, JsonObject trigger)
    {
        var answer = desk.Around.Turnstile.Do(now =>
        {
            desk.Allow(http, application, "EXECUTE");
            var config = desk.Around.Configs.Find(application, nameOrId) ?? throw Unable(404, application, nameOrId, "Pipeline configuration not found");
            trigger["eventId"] ??= Guid.NewGuid().ToString();
            var pending = desk.Around.Launcher.StartLater(config.Copy(), trigger, Desk.Caller(http).Name, Desk.Origin(http), now);
            return Wire.Object(("eventId", trigger["eventId"].Copy())).Merge(Reference(pending.Id));
        });
        return Answers.Json(answer, StatusCodes.Status202Accepted);
    }

    private static IResult StartedUnsaved(Desk desk, HttpContext http, JsonObject config) => desk.Do(now =>
    {
        desk.Allow(http, config.Text("application") ?? "", "EXECUTE");
        var started = desk.Around.Launcher.Start(config, config.Inner("trigger"), Desk.Caller(http).Name, Desk.Origin(http), now);
        return started.Id is { } id ? Reference(id) : throw GateException.Upstream(400, "POST", "http://orca/orchestrate", started.Refusal!);
    });

    private static JsonObject Reference(string id) => Wire.Object(("ref", $"/pipelines/{id}"));

    private static GateException Unable(int status, string application, string nameOrId, string error) =>
        new(status, $"Unable to trigger pipeline (application: {application}, pipelineNameOrId: {nameOrId}). Error: {error}");
}
