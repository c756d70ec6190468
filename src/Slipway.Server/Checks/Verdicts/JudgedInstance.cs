using Slipway.Contracts.Ids;

namespace Slipway.Server.Checks.Verdicts;

/// <summary>An instance of a deployment's target.</summary>
/// <param name="Generation">That of the deployment's assignment. Null: the deployment has not changed it.</param>
internal sealed record JudgedInstance(InstanceName Name, ulong? Generation);
