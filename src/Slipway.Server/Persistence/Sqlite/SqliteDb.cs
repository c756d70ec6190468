using Microsoft.EntityFrameworkCore;

namespace Slipway.Server.Persistence.Sqlite;

/// <summary>Slipway in one SQLite file.</summary>
public sealed class SqliteDb(DbContextOptions<SqliteDb> options) : SlipwayDb(options);
