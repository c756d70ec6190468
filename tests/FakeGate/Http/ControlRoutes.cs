using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Slipway.FakeGate.Executions;
using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Http;

/// <summary>Control of executions. Its errors are swallowed: 200 proves nothing.</summary>
internal static class ControlRoutes
{
    public static void MapControl(this IEndpointRouteBuilder app, Desk desk, Func<CancellationToken, Task> slowLookUp)
    {
        app.MapPut("/pipelines/{id}/cancel", (HttpContext http, string id, string? reason, bool? force) => AskedAsync(http, id, new(Ask.Cancel, default, "", reason)));
        app.MapPut("/applications/{application}/pipelines/{id}/cancel", (HttpContext http, string application, string id, string? reason) => AskedAsync(http, id, new(Ask.Cancel, default, "", reason)));
        app.MapPut("/pipelines/{id}/pause", (HttpContext http, string id) => AskedAsync(http, id, new(Ask.Pause, default, "")));
        app.MapPut("/pipelines/{id}/resume", (HttpContext http, string id) => AskedAsync(http, id, new(Ask.Resume, default, "")));
        app.MapPut("/pipelines/{id}/stages/{stageId}/restart", async (HttpContext http, string id, string stageId) =>
        {
            await FoundAsync(http, id);
            return desk.Do(now => Restarted(desk, http, id, stageId, now));
        });
        app.MapPatch("/pipelines/{id}/stages/{stageId}", async (HttpContext http, string id, string stageId, Body body) =>
        {
            await FoundAsync(http, id);
            return desk.Do(now => Patched(desk, http, id, stageId, body.Json, now));
        });

        async Task<IResult> AskedAsync(HttpContext http, string id, Message message)
        {
            await FoundAsync(http, id);
            return desk.Do(now => Send(desk, http, desk.Need(id, now), message, now));
        }

        // Gate looks up to whom an execution belongs, five times, before it gives up.
        async Task FoundAsync(HttpContext http, string id)
        {
            if (desk.Around.Turnstile.Do(_ => desk.Around.Ledger.Find(id) is null))
                await slowLookUp(http.RequestAborted);
        }
    }

    private static void Send(Desk desk, HttpContext http, Execution execution, Message message, DateTimeOffset now)
    {
        desk.Allow(http, execution.Application, "EXECUTE");
        if (desk.Around.Faults.Swallows(Name(message.Ask)))
            return;

        execution.Messages.Add(message with { Due = now + desk.Around.Real(desk.Around.Pace.Control), User = Desk.Caller(http).Name });
    }

    /// <summary>The answer shows the execution as it was before.</summary>
    private static JsonObject Restarted(Desk desk, HttpContext http, string id, string stageId, DateTimeOffset now)
    {
        var execution = desk.Need(id, now);
        var before = ExecutionJson.Of(execution, desk.Around.Faults);
        Send(desk, http, execution, new(Ask.Restart, default, "", StageId: stageId), now);
        return before;
    }

    private static JsonNode? Patched(Desk desk, HttpContext http, string id, string stageId, JsonObject changes, DateTimeOffset now)
    {
        var execution = desk.Need(id, now);
        desk.Allow(http, execution.Application, "EXECUTE");
        if (desk.Around.Faults.Swallows("patch") || execution.Find(stageId) is not { } stage)
            return null;

        if (changes.Truth("manualSkip") == true && desk.Around.Types.For(execution, stage)?.CanManuallySkip(stage) != true)
            return null;

        var user = Desk.Caller(http).Name;
        stage.Context.Merge(changes);
        stage.Context["lastModifiedBy"] = user;
        stage.LastModified = new(user, now);
        foreach (var task in stage.Tasks.Where(task => task.Status == Status.Running))
            task.Due = now + desk.Around.Real(desk.Around.Pace.Task);

        if (changes.Truth("manualSkip") == true && stage.Status == Status.Running)
        {
            TaskRunner.Skip(execution, stage, now);
            new Walk(execution, now, desk.Around).Settle();
        }

        return ExecutionJson.Of(execution, desk.Around.Faults);
    }

    private static string Name(Ask ask) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(ask.ToString());
}
