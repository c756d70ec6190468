using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Slipway.Server.Persistence;

/// <summary>What is wrong with the database, in words for whoever has to mend it. Never its own text, which may say more than strangers should read.</summary>
internal static class DatabaseTroubles
{
    private const int SqliteFull = 13;

    /// <summary>A sentence, about what was asked of the database and nothing else.</summary>
    public static string Explain(Exception exception) => Find(exception) ?? "The database does not answer.";

    /// <summary>The same where it may have been something else: null, unless the database says that it was it.</summary>
    public static string? ExplainIfDatabase(Exception? exception) => exception switch
    {
        null => null,
        DbException => Explain(exception),
        _ => ExplainIfDatabase(exception.InnerException),
    };

    private static string? Find(Exception? exception) => exception switch
    {
        null => null,
        PostgresException postgres => Explain(postgres.SqlState),
        SqliteException { SqliteErrorCode: SqliteFull } => "The disk of the database is full.",
        SocketException => "The database cannot be reached.",
        NpgsqlException { InnerException: null } pool when pool.Message.Contains("pool has been exhausted", StringComparison.Ordinal) =>
            "All of this node's connections to the database are busy.",
        OperationCanceledException or TimeoutException => "The database answers too slowly.",
        _ => Find(exception.InnerException),
    };

    private static string? Explain(string sqlState) => sqlState switch
    {
        PostgresErrorCodes.TooManyConnections => "The database has no connection left for this node.",
        PostgresErrorCodes.DiskFull => "The disk of the database is full.",
        PostgresErrorCodes.OutOfMemory => "The database has no memory left.",
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow => "The database is stopping or starting.",
        PostgresErrorCodes.ReadOnlySqlTransaction => "The database is a standby, or has been made read-only.",
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => "The database refuses this node's name or password.",
        PostgresErrorCodes.QueryCanceled => "The database answers too slowly.",
        _ => null,
    };
}
