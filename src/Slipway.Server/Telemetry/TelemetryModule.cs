using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Prometheus;
using Slipway.Server.Instances.Broker;

namespace Slipway.Server.Telemetry;

/// <summary>What can be seen of the server from outside: numbers for Prometheus, and the trace of every deployment where a collector is named.</summary>
internal static class TelemetryModule
{
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<OpenTraces>();
        services.AddSingleton<DeploymentMetrics>();
        services.AddSingleton<DeploymentWatch>();
        services.AddSingleton<CommandWatch>();
        services.AddSingleton<EventLag>();
        services.AddSingleton<GrainMetrics>();
        services.AddSingleton<ScrapedGauges>();
        services.AddSingleton<IInterceptor, DatabaseMetrics>();
        if (builder.Configuration[TraceExport.Endpoint] is { Length: > 0 })
            TraceExport.Add(builder);
    }

    public static void UseTelemetry(this WebApplication app)
    {
        app.Services.GetRequiredService<GrainMetrics>().Start();

        // Nobody needs it before the first message, but its metrics are documented and alerted on.
        app.Services.GetRequiredService<PublishingReport>();
        app.Services.GetRequiredService<ScrapedGauges>().Attach(app.Services.GetRequiredService<CollectorRegistry>());
        app.Use((context, next) =>
        {
            Tracing.PassOn(Activity.Current);
            return next(context);
        });
    }
}
