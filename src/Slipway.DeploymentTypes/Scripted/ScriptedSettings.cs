using Slipway.Contracts.Services;

namespace Slipway.DeploymentTypes.Scripted;

/// <summary>What a scripted deployment does: for rehearsals of people and for tests of the engine.</summary>
public sealed record ScriptedSettings
{
    /// <summary>The stages of its plan, in order.</summary>
    public IReadOnlyList<ScriptedStage> Stages { get; init; } = [new()];

    /// <summary>The stages of its rollback. Default: one that succeeds.</summary>
    public IReadOnlyList<ScriptedStage> Rollback { get; init; } = [new() { Name = "undo" }];

    /// <summary>Planning answers that this is the reason why it is impossible.</summary>
    public string? Impossible { get; init; }
}

/// <summary>One scripted stage.</summary>
public sealed record ScriptedStage
{
    public string Name { get; init; } = "work";

    /// <summary>
    /// What each call answers, in order; the last one repeats: "succeeded", "failed: reason", "errored: cause", "waiting: 30s", "throw: message",
    /// or "hang" (never answers by itself). Default: succeeded.
    /// </summary>
    public IReadOnlyList<string> Answers { get; init; } = ["succeeded"];

    /// <summary>What the plan calls it; "activate" is one that changes instances.</summary>
    public string Kind { get; init; } = "work";

    public Duration Deadline { get; init; } = Duration.FromMinutes(10);
}
