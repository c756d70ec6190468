using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Slipway.Server.Persistence;

/// <summary>Tells a write that lost against another one, which may be tried again, from a database that cannot write at all: full, gone or damaged.</summary>
internal static class WriteConflict
{
    /// <summary>Each attempt that loses means that another writer won, so this is how many may write the same thing at once.</summary>
    public const int MostAttempts = 25;

    private const int Constraint = 19;

    public static bool Is(DbUpdateException exception) =>
        exception is DbUpdateConcurrencyException || exception.InnerException is SqliteException { SqliteErrorCode: Constraint };
}
