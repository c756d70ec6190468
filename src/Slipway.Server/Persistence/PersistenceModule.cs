using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Slipway.Server.Cluster;
using Slipway.Server.Persistence.Postgres;
using Slipway.Server.Persistence.Sqlite;

namespace Slipway.Server.Persistence;

/// <summary>The choice of database: PostgreSQL where <c>ConnectionStrings:Slipway</c> is given, else one SQLite file in the data directory.</summary>
internal static class PersistenceModule
{
    public const string ConnectionName = "Slipway";

    public static void AddPersistence(this WebApplicationBuilder builder)
    {
        var directory = new DataDirectory(Path.GetFullPath(builder.Configuration["Slipway:DataDirectory"] ?? "data"));
        directory.Create();
        builder.Services.AddSingleton(directory);
        var identity = new NodeIdentity();
        builder.Services.AddSingleton(identity);
        if (builder.Configuration.HasSharedDatabase())
            builder.Services.AddPostgres(builder.Configuration.GetConnectionString(ConnectionName)!, identity);
        else
            builder.Services.AddSqlite(directory);

        builder.Services.AddHostedService<DatabaseStart>();
    }

    /// <summary>True: PostgreSQL, which other nodes may use too.</summary>
    public static bool HasSharedDatabase(this IConfiguration configuration) => configuration.GetConnectionString(ConnectionName) is { Length: > 0 };

    private static void AddSqlite(this IServiceCollection services, DataDirectory directory)
    {
        services.AddSingleton<SqliteWrites>();
        services.AddSingleton<IDatabase, SqliteDatabase>();
        services.AddPooledDbContextFactory<SqliteDb>((provider, options) => options
            .UseSqlite($"Data Source={directory.Database};Foreign Keys=False;Default Timeout=30")
            .AddInterceptors([.. provider.GetServices<IInterceptor>(), new SqlitePragmas(), provider.GetRequiredService<SqliteWrites>()]));
        services.AddSingleton<IDbContextFactory<SlipwayDb>, Databases<SqliteDb>>();
    }

    private static void AddPostgres(this IServiceCollection services, string text, NodeIdentity identity)
    {
        var settings = PostgresSettings.Read(text);

        // By this the triggers know who wrote (BulletinTriggers).
        settings.ApplicationName = identity.Name;
        services.AddSingleton(settings);
        services.AddSingleton<IDatabase, PostgresDatabase>();
        services.AddPooledDbContextFactory<PostgresDb>((provider, options) => options
            .UseNpgsql(settings.ConnectionString)
            .AddInterceptors([.. provider.GetServices<IInterceptor>()]));
        services.AddSingleton<IDbContextFactory<SlipwayDb>, Databases<PostgresDb>>();
    }
}
