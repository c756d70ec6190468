namespace Slipway.Server.Api;

internal sealed partial class Problems
{
    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed ({Trace})")]
    private partial void LogFailed(Exception exception, string method, string path, string trace);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path} did not reach the node that works on it ({Trace}): {Reason}")]
    private partial void LogElsewhere(string method, string path, string trace, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} could not reach the storage ({Trace})")]
    private partial void LogUnavailable(Exception exception, string method, string path, string trace);
}
