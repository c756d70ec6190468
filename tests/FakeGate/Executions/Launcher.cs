using System.Text.Json.Nodes;
using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Executions;

/// <summary>Makes executions out of configs and triggers, as Gate, Echo and Orca do together.</summary>
internal sealed class Launcher(Surroundings around)
{
    public WaitingLine Waiting { get; } = new(around);

    /// <summary>The id, or why not. The key of an execution that is not complete finds that one.</summary>
    public Started Start(JsonObject config, JsonObject trigger, string user, string origin, DateTimeOffset now, string? id = null)
    {
        if (trigger.Text("correlationId") is { } key && around.Ledger.All.Find(other => other.CorrelationId == key && !other.Status.IsComplete()) is { } same)
            return new(same.Id);

        if (Missing(config, trigger) is { } name)
            return new(null, $"Required parameter {name} is missing");

        var execution = Make(config, Complete(config, trigger, user, id ?? Ulid.New(now)), user, origin, now);
        around.Ledger.All.Add(execution);
        if (Rejection(config) is { } reason)
            return Reject(execution, reason, now);

        execution.Messages.Add(new(Ask.Start, now + around.Real(around.Pace.Task), user));
        return new(execution.Id);
    }

    /// <summary>Through Echo: the id is known before there is an execution.</summary>
    public PendingTrigger StartLater(JsonObject config, JsonObject trigger, string user, string origin, DateTimeOffset now)
    {
        var due = around.Faults.EchoDrops ? DateTimeOffset.MaxValue : now + around.Real(around.Pace.Echo);
        var pending = new PendingTrigger(Ulid.New(now), due, config, trigger, user, origin);
        around.Ledger.Pending.Add(pending);
        return pending;
    }

    public void FromEcho(PendingTrigger pending)
    {
        around.Ledger.Pending.Remove(pending);
        Start(pending.Config, pending.Trigger, pending.User, pending.Origin, pending.Due, pending.Id);
    }

    /// <summary>Jobs that do not say where they stand run in a line.</summary>
    public Execution StartTask(string application, string description, IEnumerable<JsonObject> jobs, string user, DateTimeOffset now)
    {
        var execution = new Execution
        {
            Id = Ulid.New(now),
            Application = application,
            Name = description,
            IsTask = true,
            BuildTime = now,
            User = user,
            AllowedAccounts = Accounts(),
            Trigger = Complete([], [], user, null),
        };
        foreach (var (i, job) in jobs.Index())
            execution.Stages.Add(StageOf(job, i.ToString(System.Globalization.CultureInfo.InvariantCulture), i == 0 ? [] : [execution.Stages[^1].RefId], now));

        around.Ledger.All.Add(execution);
        execution.Messages.Add(new(Ask.Start, now + around.Real(around.Pace.Task), user));
        return execution;
    }

    private Execution Make(JsonObject config, JsonObject trigger, string user, string origin, DateTimeOffset now) => new()
    {
        Id = trigger.Text("executionId")!,
        Application = config.Text("application") ?? "",
        Name = config.Text("name") ?? "",
        ConfigId = config.Text("id"),
        BuildTime = now,
        Trigger = trigger,
        User = trigger.Text("user") ?? user,
        AllowedAccounts = Accounts(),
        Origin = origin,
        LimitConcurrent = config.Truth("limitConcurrent") ?? false,
        KeepWaiting = config.Truth("keepWaitingPipelines") ?? false,
        MaxConcurrent = (int)(config.Number("maxConcurrentExecutions") ?? 0),
        Stages = [.. config.Objects("stages").Select((stage, i) => StageOf(stage, $"{i + 1}", stage.List("requisiteStageRefIds"), now))],
    };

    private static Stage StageOf(JsonObject source, string refId, IReadOnlyList<string> requisites, DateTimeOffset now)
    {
        var context = source.Copy();
        foreach (var key in (string[])["refId", "requisiteStageRefIds", "type", "name"])
            context.Remove(key);

        var type = source.Text("type") ?? "";
        return new()
        {
            Id = Ulid.New(now),
            RefId = source.Text("refId") ?? refId,
            RequisiteRefIds = source.ContainsKey("refId") ? source.List("requisiteStageRefIds") : requisites,
            Type = type,
            Name = source.Text("name") ?? type,
            Context = context,
        };
    }

    private static JsonObject Complete(JsonObject config, JsonObject given, string user, string? id)
    {
        var trigger = given.Copy();
        (string Key, JsonNode? Value)[] defaults =
        [
            ("type", "manual"), ("user", user), ("parameters", new JsonObject()), ("artifacts", new JsonArray()), ("notifications", new JsonArray()),
            ("rebake", false), ("dryRun", false), ("strategy", false), ("resolvedExpectedArtifacts", new JsonArray()), ("expectedArtifacts", new JsonArray()),
            ("executionId", id), ("eventId", id is null ? null : Guid.NewGuid().ToString()), ("enabled", false), ("preferred", false),
        ];
        foreach (var (key, value) in defaults.Where(entry => trigger[entry.Key] is null && entry.Value is not null))
            trigger[key] = value;

        if (id is not null)
            trigger["executionId"] = id;

        foreach (var parameter in config.Objects("parameterConfig").Where(parameter => parameter.Text("default") is not null))
            trigger.Inner("parameters")[parameter.Text("name")!] ??= parameter["default"].Copy();

        return trigger;
    }

    private static string? Missing(JsonObject config, JsonObject trigger) => config.Objects("parameterConfig")
        .Where(parameter => parameter.Truth("required") == true && string.IsNullOrEmpty(parameter.Text("default")))
        .Select(parameter => parameter.Text("name")!)
        .FirstOrDefault(name => trigger.Inner("parameters")[name] is null);

    private string? Rejection(JsonObject config) =>
        config.Truth("disabled") == true ? "This pipeline is disabled." : around.Faults.Rejection(config.Text("name") ?? "");

    private static Started Reject(Execution execution, string reason, DateTimeOffset now)
    {
        execution.Status = Status.Terminal;
        execution.Canceled = true;
        execution.CanceledBy = "system";
        execution.CancellationReason = $"Failed on startup: {reason}";
        execution.EndTime = now;
        return new(null, reason);
    }

    private IReadOnlyList<string> Accounts() => [.. around.World.Accounts.Select(account => account.Name)];
}

/// <summary>What came of a start.</summary>
internal sealed record Started(string? Id, string? Refusal = null);
