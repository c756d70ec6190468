using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Server.Environments;
using Slipway.Server.Persistence;
using Slipway.Server.Persistence.Sqlite;
using Slipway.Server.Services;
using Slipway.Server.Versions;

namespace Slipway.Server.Tests.Deployments.Simulation;

/// <summary>A real SQLite file with the server's own schema and interceptors. One file serves many schedules, each with a service of its own.</summary>
internal sealed class SimulationDatabase : IDbContextFactory<SlipwayDb>, IDisposable
{
    public static readonly IReadOnlyList<string> Versions = ["1.0", "2.0", "3.0", "4.0-bad", "5.0-bad"];

    private static readonly EnvironmentName Production = EnvironmentName.Parse("production");

    private readonly string folder = Directory.CreateTempSubdirectory("slipway-simulation-").FullName;
    private readonly SqliteWrites writes = new();
    private readonly PooledDbContextFactory<SqliteDb> contexts;

    public SimulationDatabase()
    {
        var options = new DbContextOptionsBuilder<SqliteDb>()
            .UseSqlite($"Data Source={Path.Combine(folder, "slipway.db")};Foreign Keys=False;Default Timeout=30")
            .AddInterceptors(new SqlitePragmas(), new NoDiskFlush(), writes)
            .Options;
        contexts = new(options);
        using var db = contexts.CreateDbContext();
        db.Database.EnsureCreated();
        db.Add(new EnvironmentRow { Name = Production, CreatedAt = Some.Noon });
        db.SaveChanges();
    }

    public SlipwayDb CreateDbContext() => contexts.CreateDbContext();

    public async Task<SlipwayDb> CreateDbContextAsync(CancellationToken cancellationToken = default) => await contexts.CreateDbContextAsync(cancellationToken);

    /// <summary>A service nobody has deployed yet, with its versions.</summary>
    public async Task<TargetId> NewTargetAsync(int number)
    {
        var service = ServiceName.Parse($"s-{number}");
        await using var db = CreateDbContext();
        db.Add(new ServiceRow { Name = service, Revision = 1, CreatedAt = Some.Noon, UpdatedAt = Some.Noon });
        db.Add(new DefinitionRow { Service = service, Revision = 1, Definition = new ServiceDefinition { Service = service, Run = ["./it"] }, CreatedAt = Some.Noon });
        foreach (var version in Versions)
            db.Add(new VersionRow { Service = service, Version = VersionName.Parse(version), DefinitionRevision = 1, CreatedAt = Some.Noon });

        await db.SaveChangesAsync();
        return new(service, Production);
    }

    public void Dispose()
    {
        writes.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Simulated crashes end no process, so nothing is lost without waiting for the disk.</summary>
    private sealed class NoDiskFlush : DbConnectionInterceptor
    {
        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA synchronous=OFF;";
            command.ExecuteNonQuery();
        }

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            ConnectionOpened(connection, eventData);
            return Task.CompletedTask;
        }
    }
}
