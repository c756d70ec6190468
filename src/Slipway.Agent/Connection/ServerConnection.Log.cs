using Microsoft.Extensions.Logging;

namespace Slipway.Agent.Connection;

internal sealed partial class ServerConnection
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Connected to {Server} (version {Version}, {Assignments} assignments)")]
    private partial void LogConnected(Uri server, string version, int assignments);

    [LoggerMessage(Level = LogLevel.Information, Message = "The agent stops; its services go on")]
    private partial void LogStopped();

    [LoggerMessage(Level = LogLevel.Warning, Message = "No connection to {Server}: {Reason} Services go on; trying again")]
    private partial void LogNotConnected(Uri server, string reason);
}
