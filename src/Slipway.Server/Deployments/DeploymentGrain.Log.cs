using Slipway.Contracts.Ids;

namespace Slipway.Server.Deployments;

internal sealed partial class DeploymentGrain
{
    [LoggerMessage(LogLevel.Error, "{Deployment}: can not go on now; trying again")]
    private static partial void LogTrouble(ILogger logger, DeploymentId deployment, Exception exception);
}
