using Microsoft.EntityFrameworkCore;

namespace Slipway.Server.Persistence.Sqlite;

/// <summary>SQLite files that are not this server's own.</summary>
internal static class SqliteFile
{
    public static SqliteDb Open(string path) =>
        new(new DbContextOptionsBuilder<SqliteDb>().UseSqlite($"Data Source={path};Pooling=False;Foreign Keys=False").Options);
}
