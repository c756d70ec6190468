using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Slipway.Server.Persistence.Sqlite;

/// <summary>For <c>dotnet ef migrations add Name --context SqliteDb --output-dir Persistence/Sqlite/Migrations</c>.</summary>
internal sealed class SqliteDbDesign : IDesignTimeDbContextFactory<SqliteDb>
{
    public SqliteDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteDb>().UseSqlite("Data Source=design.db").Options);
}
