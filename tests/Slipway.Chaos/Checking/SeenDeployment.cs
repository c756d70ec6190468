using System.Text.Json.Serialization;
using Slipway.Contracts.Services;

namespace Slipway.Chaos.Checking;

/// <summary>A deployment as the API shows it afterwards, with all its events.</summary>
internal sealed record SeenDeployment
{
    private static readonly string[] Terminal = ["succeeded", "failed", "rolledBack", "cancelled", "superseded"];

    public required string Id { get; init; }

    public required string Service { get; init; }

    public required string Environment { get; init; }

    public required string Version { get; init; }

    public required string Status { get; init; }

    public required long Sequence { get; init; }

    public Strategy? Strategy { get; init; }

    /// <summary>The key of the request that made it.</summary>
    public string? Reason { get; init; }

    public string? Failure { get; init; }

    /// <summary>The plan's, then those of the way back, as the events number them.</summary>
    public IReadOnlyList<SeenStage> Stages { get; init; } = [];

    public IReadOnlyList<SeenEvent> Events { get; init; } = [];

    [JsonIgnore]
    public bool IsTerminal => IsTerminalStatus(Status);

    /// <summary>Stages of the plan that change instances, with their number, in the plan's order.</summary>
    [JsonIgnore]
    public IEnumerable<(int Number, SeenStage Stage)> Activations => Stages.Select((stage, number) => (number, stage)).Where(pair => pair.stage.Kind is "activate" or "restart");

    public static bool IsTerminalStatus(string status) => Terminal.Contains(status);

    public bool Began(int stage) => Events.Any(happened => happened.Type == "stageStarted" && happened.Stage == stage);

    /// <summary>Whether a stage of the plan that changes this instance was begun.</summary>
    public bool Reached(string instance) => Activations.Any(pair => Began(pair.Number) && pair.Stage.Instances.Contains(instance));
}

/// <summary>A stage: its kind as the deployment type calls it, and exactly the instances it changes.</summary>
internal sealed record SeenStage(string Name, string Kind, IReadOnlyList<string> Instances);

/// <summary>An event; what is in its data as far as a rule needs it.</summary>
internal sealed record SeenEvent(long Sequence, long Id, string Type, int? Stage = null, string? Status = null, string? Reason = null);
