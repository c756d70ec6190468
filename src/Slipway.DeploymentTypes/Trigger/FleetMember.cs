using Slipway.Contracts.Ids;

namespace Slipway.DeploymentTypes.Trigger;

/// <summary>An instance of a target.</summary>
/// <param name="Connected">It has a connection to a node now.</param>
public sealed record FleetMember(InstanceName Instance, bool Connected);
