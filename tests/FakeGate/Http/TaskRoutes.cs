using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.FakeGate.Executions;
using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Http;

/// <summary>Tasks: single operations, each a stage or a line of stages.</summary>
internal static class TaskRoutes
{
    public static void MapTasks(this IEndpointRouteBuilder app, Desk desk)
    {
        app.MapPost("/tasks", (HttpContext http, Body body) => Started(desk, http, null, body.Json));
        app.MapPost("/applications/{application}/tasks", (HttpContext http, string application, Body body) => Started(desk, http, application, body.Json));
        app.MapGet("/tasks/{id}", (string id) => desk.Do(now => Show(desk, desk.Need(id, now, task: true))));
        app.MapGet("/applications/{application}/tasks/{id}", (string application, string id) => desk.Do(now => Show(desk, desk.Need(id, now, task: true))));
        app.MapGet("/applications/{application}/tasks", (HttpContext http, string application, int? page, int? limit, string? statuses) => desk.Do(_ =>
        {
            desk.Allow(http, application, "READ");
            var wanted = Statuses.ParseList(statuses);
            var found = desk.Around.Ledger.All.Where(execution => execution.IsTask && execution.Application == application && wanted?.Contains(execution.Status) != false).Reverse();
            var size = limit ?? 10;
            return Wire.Array(found.Skip(((page ?? 1) - 1) * size).Take(size).Select(execution => Show(desk, execution)));
        }));
        app.MapPut("/tasks/{id}/cancel", (HttpContext http, string id) => Canceled(desk, http, id));
        app.MapPut("/applications/{application}/tasks/{id}/cancel", (HttpContext http, string application, string id) => Canceled(desk, http, id));
    }

    private static IResult Started(Desk desk, HttpContext http, string? application, JsonObject request) => desk.Do(now =>
    {
        application ??= request.Text("application") ?? throw new GateException(400, "application must be given", "java.lang.IllegalArgumentException");
        desk.Allow(http, application, "EXECUTE");
        var jobs = request.Objects("job").ToList();
        if (jobs.Count == 0)
            throw new GateException(400, "Invalid request: no jobs", "java.lang.IllegalArgumentException");

        var task = desk.Around.Launcher.StartTask(application, request.Text("description") ?? "", jobs, Desk.Caller(http).Name, now);
        return Wire.Object(("ref", $"/tasks/{task.Id}"));
    });

    private static IResult Canceled(Desk desk, HttpContext http, string id) => desk.Do(now =>
    {
        var task = desk.Need(id, now, task: true);
        desk.Allow(http, task.Application, "EXECUTE");
        if (!desk.Around.Faults.Swallows("cancel"))
            task.Messages.Add(new(Ask.Cancel, now + desk.Around.Real(desk.Around.Pace.Control), Desk.Caller(http).Name));
    });

    private static JsonObject Show(Desk desk, Execution task)
    {
        var faults = desk.Around.Faults;
        var shown = Wire.Object(
            ("id", task.Id),
            ("name", task.Name),
            ("application", task.Application),
            ("status", task.Status.Wire()),
            ("variables", Variables(task)),
            ("steps", Wire.Array(task.Stages.SelectMany(stage => stage.Tasks).Select(step => ExecutionJson.Of(step, faults)))),
            ("buildTime", Wire.Millis(task.BuildTime)),
            ("startTime", Wire.Millis(task.StartTime)),
            ("endTime", Wire.Millis(task.EndTime)),
            ("execution", ExecutionJson.Of(task, faults)));
        return faults.NullsOfOldVersions ? shown : shown.WithoutNulls();
    }

    /// <summary>The contexts of all stages in one list; a later one hides an earlier.</summary>
    private static JsonArray Variables(Execution task)
    {
        JsonObject all = [];
        foreach (var stage in task.Stages)
            all.Merge(stage.Context).Merge(stage.Outputs);

        return Wire.Array(all.Select(entry => Wire.Object(("key", entry.Key), ("value", entry.Value.Copy()))));
    }
}
