using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Slipway.FakeGate.Executions;

/// <summary>A run of a pipeline, or a task (an "orchestration"), as Orca stores it.</summary>
internal sealed class Execution
{
    public required string Id { get; init; }

    public required string Application { get; init; }

    /// <summary>A task's description.</summary>
    public required string Name { get; init; }

    public bool IsTask { get; init; }

    public string? ConfigId { get; init; }

    public required DateTimeOffset BuildTime { get; init; }

    public required JsonObject Trigger { get; init; }

    public required string User { get; init; }

    public IReadOnlyList<string> AllowedAccounts { get; init; } = [];

    public string Origin { get; init; } = "api";

    public bool LimitConcurrent { get; init; }

    public bool KeepWaiting { get; init; }

    public int MaxConcurrent { get; init; }

    public Status Status { get; set; }

    public DateTimeOffset? StartTime { get; set; }

    public DateTimeOffset? EndTime { get; set; }

    public bool Canceled { get; set; }

    public string? CanceledBy { get; set; }

    public string? CancellationReason { get; set; }

    public Pause? Paused { get; set; }

    public List<Stage> Stages { get; init; } = [];

    /// <summary>What was asked of it and is on its way through the queue.</summary>
    public List<Message> Messages { get; init; } = [];

    public string? CorrelationId => Trigger["correlationId"]?.GetValue<string>();

    [JsonIgnore]
    public IEnumerable<Stage> Tops => Stages.Where(stage => stage.ParentId is null);

    public IEnumerable<Stage> Children(Stage parent) => Stages.Where(stage => stage.ParentId == parent.Id);

    public Stage? Find(string stageId) => Stages.FirstOrDefault(stage => stage.Id == stageId);

    public Stage? Parent(Stage stage) => stage.ParentId is { } id ? Find(id) : null;

    public Stage Top(Stage stage) => Parent(stage) is { } parent ? Top(parent) : stage;

    /// <summary>Who has to pass before it, of its own family.</summary>
    public IEnumerable<Stage> Requisites(Stage stage) =>
        Stages.Where(other => other.ParentId == stage.ParentId && stage.RequisiteRefIds.Contains(other.RefId));

    /// <summary>Everything that came before it, nearest first: the stages it waited for, its parent, what that waited for.</summary>
    public IEnumerable<Stage> Ancestors(Stage stage)
    {
        HashSet<Stage> seen = [stage];
        Queue<Stage> open = new([stage]);
        while (open.TryDequeue(out var next))
        {
            foreach (var above in Requisites(next).Concat(Parent(next) is { } parent ? [parent] : []))
            {
                if (!seen.Add(above))
                    continue;

                open.Enqueue(above);
                yield return above;
            }
        }
    }
}

/// <summary>The last pause, and who ended it.</summary>
internal sealed record Pause(string By, DateTimeOffset At, string? ResumedBy = null, DateTimeOffset? ResumedAt = null);
