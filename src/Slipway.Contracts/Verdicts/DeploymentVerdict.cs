using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;

namespace Slipway.Contracts.Verdicts;

/// <summary>Whether a deployment's version is healthy by what its instances measured, and everything that says so.</summary>
public sealed record DeploymentVerdict
{
    public required DeploymentId Deployment { get; init; }

    public required Answer Answer { get; init; }

    /// <summary>One sentence in plain words.</summary>
    public required string Sentence { get; init; }

    /// <summary>True: it is only shown, and nothing follows from it.</summary>
    public bool DryRun { get; init; }

    /// <summary>About how long it still takes until there is an answer. Absent: nothing is missing, or time alone will not help.</summary>
    public Duration? Needs { get; init; }

    /// <summary>About how many more requests are needed, where that is what is missing.</summary>
    public double? NeedsRequests { get; init; }

    /// <summary>The new version's instances that are judged.</summary>
    public required int Changed { get; init; }

    /// <summary>The instances they are compared with. 0: only with their own past.</summary>
    public required int Unchanged { get; init; }

    /// <summary>When the first of them was changed; times in the evidence count from here. Absent: none has been.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>When it was looked at last.</summary>
    public required DateTimeOffset JudgedAt { get; init; }

    /// <summary>Until then it goes on being judged after the deployment's end. Absent: it does not.</summary>
    public DateTimeOffset? WatchedUntil { get; init; }

    /// <summary>The deployment that took it back, because it failed after its own deployment had succeeded.</summary>
    public DeploymentId? TakenBackBy { get; init; }

    /// <summary>What was measured, that with the most evidence against the version first.</summary>
    public required IReadOnlyList<SignalVerdict> Signals { get; init; }

    /// <summary>Kinds of lines of error that only the new version printed, those seen most first; at most 20.</summary>
    public IReadOnlyList<NewErrorLine> NewErrors { get; init; } = [];

    /// <summary>The last lines of the first instance that failed.</summary>
    public InstanceLines? Lines { get; init; }
}
