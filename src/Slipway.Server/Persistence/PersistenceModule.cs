using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Slipway.Server.Persistence.Sqlite;

namespace Slipway.Server.Persistence;

internal static class PersistenceModule
{
    public static void AddPersistence(this WebApplicationBuilder builder)
    {
        var settings = new DataDirectory(Path.GetFullPath(builder.Configuration["Slipway:DataDirectory"] ?? "data"));
        settings.Create();
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton<SqliteWrites>();
        builder.Services.AddPooledDbContextFactory<SqliteDb>((services, options) => options
            .UseSqlite($"Data Source={settings.Database};Foreign Keys=False;Default Timeout=30")
            .AddInterceptors([.. services.GetServices<IInterceptor>(), new SqlitePragmas(), services.GetRequiredService<SqliteWrites>()]));
        builder.Services.AddSingleton<IDbContextFactory<SlipwayDb>, Databases<SqliteDb>>();
        builder.Services.AddHostedService<DatabaseStart>();
    }
}
