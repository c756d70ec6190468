using System.Text.Json.Nodes;
using Slipway.FakeGate.Http;
using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Executions;

/// <summary>An execution as a test looks at it. <see cref="Json"/> is the answer of <c>GET /pipelines/{id}</c>.</summary>
public sealed record ExecutionEntry(string Id, string Application, string Name, Status Status, string User, string? CorrelationId, JsonObject Json);

/// <summary>The executions there are, without HTTP.</summary>
public sealed class ExecutionBook
{
    private readonly Surroundings around;

    internal ExecutionBook(Surroundings around) => this.around = around;

    /// <summary>Of pipelines, oldest first.</summary>
    public IReadOnlyList<ExecutionEntry> All => around.Turnstile.Do(_ => around.Ledger.Pipelines.Select(Entry).ToList());

    /// <summary>Single operations, oldest first.</summary>
    public IReadOnlyList<ExecutionEntry> Tasks => around.Turnstile.Do(_ => around.Ledger.All.Where(execution => execution.IsTask).Select(Entry).ToList());

    /// <summary>An execution that does not exist is an error.</summary>
    public ExecutionEntry Get(string id) => All.Concat(Tasks).First(entry => entry.Id == id);

    /// <summary>As somebody else does it, for example in Spinnaker's own user interface. The id.</summary>
    public string Start(string application, string pipeline, string user = "somebody", JsonObject? trigger = null) => around.Turnstile.Do(now =>
    {
        var config = around.Configs.Find(application, pipeline) ?? throw new InvalidOperationException($"There is no pipeline {pipeline} in {application}.");
        var started = around.Launcher.Start(config.Copy(), trigger ?? [], user, "deck", now);
        return started.Id ?? throw new InvalidOperationException(started.Refusal);
    });

    /// <summary>As somebody else does it.</summary>
    public void Cancel(string id, string user = "somebody", string? reason = null) =>
        around.Turnstile.Do(now => around.Ledger.Find(id)!.Messages.Add(new(Ask.Cancel, now, user, reason)));

    private ExecutionEntry Entry(Execution execution) =>
        new(execution.Id, execution.Application, execution.Name, execution.Status, execution.User, execution.CorrelationId, ExecutionJson.Of(execution, around.Faults));
}
