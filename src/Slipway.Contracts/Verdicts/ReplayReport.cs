using Slipway.Contracts.Services;

namespace Slipway.Contracts.Verdicts;

/// <summary>How rules would have judged past deployments.</summary>
public sealed record ReplayReport
{
    /// <summary>The rules, as a whole.</summary>
    public required VerdictDefinition Verdict { get; init; }

    /// <summary>Deployments whose version stayed.</summary>
    public required int Good { get; init; }

    /// <summary>Those of them that would have been stopped.</summary>
    public required int GoodStopped { get; init; }

    /// <summary>Deployments that were taken back, or whose version was found bad later.</summary>
    public required int Bad { get; init; }

    /// <summary>Those of them that would not have been stopped.</summary>
    public required int BadMissed { get; init; }

    /// <summary>The newest first.</summary>
    public required IReadOnlyList<ReplayedDeployment> Deployments { get; init; }
}
