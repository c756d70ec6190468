namespace Slipway.Agent.Supervision;

/// <summary>
/// What must be known to find a service's process again, whenever the agent dies. Written with a new <see cref="Run"/> and without a
/// process before each start: a process that was started but not written down carries the run in its environment.
/// </summary>
internal sealed record RunRecord
{
    /// <summary>Random, of one start of the service.</summary>
    public required string Run { get; init; }

    public required ulong Generation { get; init; }

    public required string Version { get; init; }

    public required ulong ConfigRevision { get; init; }

    public required uint Port { get; init; }

    /// <summary>The activation ended well: only then may a later agent go on with it without checking.</summary>
    public bool Activated { get; init; }

    public ProcessIdentity? Process { get; init; }

    /// <summary>The systemd unit that runs the service instead of a process of ours.</summary>
    public string? Unit { get; init; }

    public int Restarts { get; init; }
}
