using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Slipway.FakeGate.Access;
using Slipway.FakeGate.Executions;
using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Http;

/// <summary>What the routes share: the way to the state, and who is asking.</summary>
internal sealed class Desk(Surroundings around, Engine engine, Door door)
{
    public Surroundings Around => around;

    public Engine Engine => engine;

    public Door Door => door;

    public static User Caller(HttpContext context) => (User)context.Items[nameof(Caller)]!;

    public static string Origin(HttpContext context) => context.Request.Headers["X-RateLimit-App"] == "deck" ? "deck" : "api";

    /// <summary>Reads and changes under one lock; what is answered is made inside it.</summary>
    public IResult Do(Func<DateTimeOffset, JsonNode?> work) => Answers.Json(around.Turnstile.Do(work));

    public IResult Do(Action<DateTimeOffset> work)
    {
        around.Turnstile.Do(work);
        return Answers.Empty;
    }

    /// <summary>An execution that can be read, or 404.</summary>
    public Execution Need(string id, DateTimeOffset now, bool task = false) =>
        around.Ledger.Find(id) is { } found && found.IsTask == task && now >= found.BuildTime + around.Faults.HiddenAfterStart
            ? found
            : throw GateException.NotFound("orca", $"/{(task ? "tasks" : "pipelines")}/{id}");

    /// <summary>An application without permissions is open to all.</summary>
    public void Allow(HttpContext context, string application, string right)
    {
        var permissions = around.Configs.Application(application)?.Inner("permissions");
        var roles = permissions?.List(right) ?? [];
        var caller = Caller(context);
        if (permissions is { Count: > 0 } && !caller.IsAdmin && !roles.Intersect(caller.Roles).Any())
            throw new GateException(StatusCodes.Status403Forbidden, "Access is denied", "org.springframework.security.access.AccessDeniedException");
    }
}
