using Slipway.Contracts.Ids;

namespace Slipway.Server.Deployments;

internal sealed partial class DeploymentRun
{
    [LoggerMessage(LogLevel.Warning, "{Deployment}: stage {Stage} threw; it is tried again")]
    private static partial void LogStageThrew(ILogger logger, DeploymentId deployment, string stage, Exception exception);
}
