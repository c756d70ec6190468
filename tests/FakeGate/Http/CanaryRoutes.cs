using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Slipway.FakeGate.Executions;
using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Http;

/// <summary>Kayenta as it shows through Gate: configs, and analyses that take a minute of Spinnaker's time.</summary>
internal static class CanaryRoutes
{
    private static readonly TimeSpan Analysis = TimeSpan.FromMinutes(1);

    public static void MapCanaries(this IEndpointRouteBuilder app, Desk desk)
    {
        var judge = desk.Around.Judge;
        app.MapGet("/v2/canaryConfig", (string? application, string? configurationAccountName) => desk.Do(_ => Wire.Array(judge.Configs.Select(config => config.Value.Copy()))));
        app.MapPost("/v2/canaryConfig", (string? configurationAccountName, Body body) =>
        {
            var config = body.Json;
            return desk.Do(_ =>
            {
                var id = Guid.NewGuid().ToString();
                judge.Configs[id] = config.Merge(Wire.Object(("id", id)));
                return Wire.Object(("canaryConfigId", id));
            });
        });
        app.MapGet("/v2/canaryConfig/{id}", (string id, string? configurationAccountName) => desk.Do(_ => Config(desk, id).Copy()));
        app.MapPut("/v2/canaryConfig/{id}", (string id, string? configurationAccountName, Body body) =>
        {
            var config = body.Json;
            return desk.Do(_ =>
            {
                Config(desk, id);
                judge.Configs[id] = config.Merge(Wire.Object(("id", id)));
                return Wire.Object(("canaryConfigId", id));
            });
        });
        app.MapDelete("/v2/canaryConfig/{id}", (string id, string? configurationAccountName) => desk.Do(_ =>
        {
            Config(desk, id);
            judge.Configs.Remove(id);
        }));
        app.MapPost("/v2/canaries/canary/{canaryConfigId}", (string canaryConfigId, string? application, string? parentPipelineExecutionId, string? metricsAccountName, string? storageAccountName, string? configurationAccountName, Body body) =>
        {
            var request = body.Json;
            return desk.Do(now => Started(desk, canaryConfigId, application, parentPipelineExecutionId, request, now));
        });
        app.MapGet("/v2/canaries/canary/{canaryExecutionId}", (string canaryExecutionId, string? storageAccountName) => desk.Do(now => Show(desk, canaryExecutionId, now)));
        app.MapGet("/v2/canaries/{application}/executions", (string application, int limit, int? page, string? statuses, string? storageAccountName) => desk.Do(now =>
            Wire.Array(judge.Runs.Where(run => run.Value.Request.Text("application") == application).Take(limit).Select(run => Show(desk, run.Key, now)))));
        app.MapGet("/v2/canaries/credentials", () => desk.Do(_ => new JsonArray(Wire.Object(("name", "prom"), ("type", "prometheus"), ("supportedTypes", Wire.Texts(["METRICS_STORE"]))))));
        app.MapGet("/v2/canaries/judges", () => desk.Do(_ => new JsonArray(Wire.Object(("name", "NetflixACAJudge-v1.0")))));
    }

    private static JsonObject Config(Desk desk, string id) => desk.Around.Judge.Configs.GetValueOrDefault(id) ?? throw GateException.NotFound("kayenta", $"/canaryConfig/{id}");

    private static JsonObject Started(Desk desk, string configId, string? application, string? parent, JsonObject request, DateTimeOffset now)
    {
        Config(desk, configId);
        var id = Ulid.New(now);
        var known = Wire.Object(("application", application), ("parentPipelineExecutionId", parent), ("canaryExecutionRequest", request));
        desk.Around.Judge.Runs[id] = new(now, desk.Around.Judge.Judge(), known);
        return Wire.Object(("canaryExecutionId", id));
    }

    private static JsonObject Show(Desk desk, string id, DateTimeOffset now)
    {
        var run = desk.Around.Judge.Runs.GetValueOrDefault(id) ?? throw GateException.NotFound("kayenta", $"/canary/{id}");
        var end = run.Started + desk.Around.Real(Analysis);
        var complete = now >= end;
        var status = complete ? "succeeded" : "running";
        return run.Request.Copy().Merge(Wire.Object(
            ("pipelineId", id),
            ("metricSetPairListId", complete ? $"pairs-{id}" : null),
            ("stageStatus", Wire.Object(("setupContext", "succeeded"), ("judge", status))),
            ("complete", complete),
            ("status", status),
            ("result", complete ? Result(run) : null),
            ("buildTimeMillis", Wire.Millis(run.Started)),
            ("startTimeMillis", Wire.Millis(run.Started)),
            ("endTimeMillis", complete ? Wire.Millis(end) : null))).WithoutNulls();
    }

    private static JsonObject Result(Stages.Canary.CanaryRun run)
    {
        var pass = run.Request.Inner("canaryExecutionRequest").Inner("thresholds").Number("pass") ?? 95;
        return Wire.Object(
            ("judgeResult", Wire.Object(
                ("judgeName", "NetflixACAJudge-v1.0"),
                ("results", new JsonArray()),
                ("groupScores", new JsonArray()),
                ("score", Wire.Object(("score", run.Score), ("classification", run.Score >= pass ? "Pass" : "Fail"), ("classificationReason", ""))))),
            ("canaryDuration", "PT1H"));
    }
}
