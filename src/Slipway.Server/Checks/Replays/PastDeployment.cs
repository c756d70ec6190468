using Slipway.Contracts.Deployments;
using Slipway.Contracts.Verdicts;

namespace Slipway.Server.Checks.Replays;

/// <summary>A deployment whose signals are kept.</summary>
/// <param name="Content">As <see cref="SignalArchive"/> writes it.</param>
internal sealed record PastDeployment(Deployment Deployment, DeploymentVerdict Verdict, byte[] Content)
{
    /// <summary>Its version stayed, and was not found bad later.</summary>
    public required bool IsGood { get; init; }
}
