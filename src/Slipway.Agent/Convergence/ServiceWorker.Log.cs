using Microsoft.Extensions.Logging;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;

namespace Slipway.Agent.Convergence;

internal sealed partial class ServiceWorker
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Service}: generation {Generation} asks for {Version} ({Cause})")]
    private partial void LogAccepted(ServiceName service, ulong generation, string version, string cause);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Service}: generation {Generation} came late, {Accepted} is accepted; ignored")]
    private partial void LogStale(ServiceName service, ulong generation, ulong accepted);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Service}: {Version} is healthy (generation {Generation})")]
    private partial void LogActivated(ServiceName service, string version, ulong generation);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Service}: {Version} failed (generation {Generation}, {Code}): {Reason}")]
    private partial void LogFailed(ServiceName service, string version, ulong generation, string code, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Service}: {Version} still runs, supervised again")]
    private partial void LogAdopted(ServiceName service, string version);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Service}: {Version} ran before and is started again")]
    private partial void LogStartedAgain(ServiceName service, string version);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Service}: generation {Generation} was left at {Phase}; doing it again")]
    private partial void LogAgain(ServiceName service, ulong generation, ServiceState phase);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Service}: unexpected")]
    private partial void LogBroken(Exception exception, ServiceName service);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Service}: {Folder} cannot be cleaned up: {Reason}")]
    private partial void LogNotDeleted(ServiceName service, string folder, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Service}: the state cannot be written: {Reason}")]
    private partial void LogNotSaved(ServiceName service, string reason);
}
