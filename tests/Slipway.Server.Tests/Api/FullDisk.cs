using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Slipway.Server.Tests.Api;

/// <summary>A disk that can be full: then reading works as before, and every write ends as SQLite ends it.</summary>
internal sealed class FullDisk : DbCommandInterceptor
{
    private const int Full = 13;

    public bool IsFull { get; set; }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Refuse(command);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Refuse(command);
        return ValueTask.FromResult(result);
    }

    private void Refuse(DbCommand command)
    {
        if (IsFull && ((string[])["INSERT", "UPDATE", "DELETE"]).Any(word => command.CommandText.Contains(word, StringComparison.Ordinal)))
            throw new SqliteException("SQLite Error 13: 'database or disk is full'.", Full);
    }
}
