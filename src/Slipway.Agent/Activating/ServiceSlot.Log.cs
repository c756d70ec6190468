using Microsoft.Extensions.Logging;
using Slipway.Contracts.Ids;

namespace Slipway.Agent.Activating;

internal sealed partial class ServiceSlot
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Service}: healthy again, process {ProcessId} after {Restarts} restarts")]
    private partial void LogHealthy(ServiceName service, int processId, int restarts);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Service}: unhealthy: {Reason}")]
    private partial void LogUnhealthy(ServiceName service, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Sentence}")]
    private partial void LogUnread(string sentence);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Service}: it could not be watched; tried again at the next interval")]
    private partial void LogTrouble(Exception exception, ServiceName service);
}
