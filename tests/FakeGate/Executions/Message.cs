using System.Text.Json.Nodes;

namespace Slipway.FakeGate.Executions;

internal enum Ask
{
    Start,
    Cancel,
    Pause,
    Resume,
    Restart,
}

/// <summary>Control is asynchronous: what is asked now happens when its message is due.</summary>
internal sealed record Message(Ask Ask, DateTimeOffset Due, string User, string? Reason = null, string? StageId = null);

/// <summary>A trigger that Echo has taken and that is no execution yet.</summary>
internal sealed record PendingTrigger(string Id, DateTimeOffset Due, JsonObject Config, JsonObject Trigger, string User, string Origin);
