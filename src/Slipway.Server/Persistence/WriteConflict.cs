using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Slipway.Server.Persistence;

/// <summary>Tells a write that lost against another one, which may be tried again, from a database that cannot write at all: full, gone or damaged.</summary>
internal static class WriteConflict
{
    /// <summary>Each attempt that loses means that another writer won, so this is how many may write the same thing at once.</summary>
    public const int MostAttempts = 25;

    private const int Constraint = 19;

    public static bool Is(DbUpdateException exception) => exception is DbUpdateConcurrencyException || IsDatabases(exception.InnerException);

    /// <summary>The same as a database says it.</summary>
    public static bool IsDatabases(Exception? exception) => exception switch
    {
        SqliteException { SqliteErrorCode: Constraint } => true,
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected } => true,
        _ => false,
    };
}
