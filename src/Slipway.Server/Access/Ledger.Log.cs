namespace Slipway.Server.Access;

internal sealed partial class Ledger
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Entries of the audit could not be written")]
    private partial void LogNotWritten(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} entries of the audit were lost because they came faster than they could be written")]
    private partial void LogLost(int count);
}
