using Slipway.DeploymentTypes;

namespace Slipway.Server.Instances.Storing;

/// <summary>What is to be assigned.</summary>
/// <param name="Restart">What runs must have been started for the new generation. Else an older wish to restart is forgotten.</param>
/// <param name="Fence">Only as long as this deployment has not gone on since. Null: whatever deployments do.</param>
internal sealed record NewAssignment(FleetRelease? Release, string Cause, bool Restart = false, Fence? Fence = null);
