using Slipway.Contracts.Ids;

namespace Slipway.Server.Deployments;

/// <summary>Somebody else has written this deployment meanwhile. Step back and read again.</summary>
internal sealed class StaleWriterException(DeploymentId deployment, Exception? inner = null)
    : Exception($"Another writer has taken {deployment} further.", inner);
