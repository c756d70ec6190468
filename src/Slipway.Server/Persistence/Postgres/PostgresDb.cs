using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Ids;
using Slipway.Server.Cluster;

namespace Slipway.Server.Persistence.Postgres;

/// <summary>Slipway in a PostgreSQL database, which several nodes may share.</summary>
public sealed class PostgresDb(DbContextOptions<PostgresDb> options) : SlipwayDb(options)
{
    /// <summary>Names are compared byte by byte, as this program and SQLite do; a database's own collation would cut pages in another order.</summary>
    private const string Collation = "C";

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        SharedTables.Configure(modelBuilder);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<string>().UseCollation(Collation);
        configurationBuilder.Properties<Enum>().UseCollation(Collation);
        configurationBuilder.Properties<ServiceName>().UseCollation(Collation);
        configurationBuilder.Properties<EnvironmentName>().UseCollation(Collation);
        configurationBuilder.Properties<VersionName>().UseCollation(Collation);
        configurationBuilder.Properties<InstanceName>().UseCollation(Collation);
        configurationBuilder.Properties<DeploymentId>().UseCollation(Collation);
        configurationBuilder.Properties<ArtifactDigest>().UseCollation(Collation);
    }
}
