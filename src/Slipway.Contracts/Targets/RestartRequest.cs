namespace Slipway.Contracts.Targets;

/// <summary>Restarts a target: the same release again, instance after instance in the target's strategy.</summary>
public sealed record RestartRequest
{
    /// <summary>Why, for the record.</summary>
    public string? Reason { get; init; }

    /// <summary>True: answer the plan and change nothing.</summary>
    public bool DryRun { get; init; }
}
