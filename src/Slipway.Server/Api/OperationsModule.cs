using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Logging.Console;
using Prometheus;

namespace Slipway.Server.Api;

/// <summary>What whoever runs the server needs of it: log, health, metrics, a stop that takes seconds.</summary>
internal static class OperationsModule
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(4);

    public static void AddOperations(this WebApplicationBuilder builder)
    {
        // Below every other source, so that appsettings, environment and command line win as everywhere in .NET.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>
            {
                ["Logging:LogLevel:Default"] = "Information",
                ["Logging:LogLevel:Microsoft"] = "Warning",
                ["Logging:LogLevel:Orleans"] = "Warning",
                ["Logging:LogLevel:System"] = "Warning",

                // Orleans finds a place for every grain through it, and it says so each time.
                ["Logging:LogLevel:Polly"] = "Warning",

                // A lost race is an error to them; whoever wrote tries again, or logs what it means.
                ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Database.Command"] = "Critical",
                ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Update"] = "Critical",
                ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Database.Connection"] = "Critical",
                ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Query"] = "Critical",

                // Every probe that a node does not answer, with a stack; that it is gone is said once.
                ["Logging:LogLevel:Orleans.Runtime.MembershipService.SiloHealthMonitor"] = "Error",

                // Which part of Orleans' ring each node has is nobody's news.
                ["Logging:LogLevel:Slipway.Server.Instances.Nodes.NodeService"] = "Warning",

                // At every start they advise a garbage collector that suits a larger server and find that no thread has reported since the machine booted.
                ["Logging:LogLevel:Orleans.Runtime.Silo"] = "Error",
                ["Logging:LogLevel:Orleans.Runtime.Watchdog"] = "Error",
                ["Logging:Console:FormatterName"] = ConsoleLines.FormatterName,

                // For .NET's own formatters: what an entry belongs to, a deployment for example.
                ["Logging:Console:FormatterOptions:IncludeScopes"] = "true",
            },
        });
        builder.Logging.AddConsole().AddConsoleFormatter<ConsoleLines, ConsoleFormatterOptions>();

        // The slim builder has chosen .NET's own formatter in code, over any setting.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.FormatterName = builder.Configuration["Logging:Console:FormatterName"]);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LongestStop);

        var registry = Metrics.NewCustomRegistry();
        builder.Services.AddSingleton(registry);
        builder.Services.AddSingleton<IMetricFactory>(Metrics.WithCustomRegistry(registry));
        builder.Services.AddSingleton<Readiness>();
    }

    public static void MapOperations(this WebApplication app)
    {
        app.MapGet("/health/live", () => TypedResults.Text("live"));
        app.MapGet("/health/ready", async (Readiness readiness, CancellationToken cancellation) => await readiness.CheckAsync(cancellation) is { } refusal
            ? refusal.ToResult()
            : TypedResults.Text("ready"));

        var registry = app.Services.GetRequiredService<CollectorRegistry>();
        DotNetStats.Register(registry);
        app.MapMetrics("/metrics", registry);
    }
}
