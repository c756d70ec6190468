using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Slipway.Server.Telemetry;

/// <summary>
/// Sends traces to an OpenTelemetry collector; its settings are OpenTelemetry's own environment variables. The only place that names its packages, and it is
/// called only where a collector is named: else none of them is loaded.
/// </summary>
internal static class TraceExport
{
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Asked all the time, or open for days: nobody learns anything from their traces. And those whose path is a secret.</summary>
    private static readonly string[] Silent = ["/metrics", "/health", "/agent/v1/connect", "/api/v1/checks"];

    public static void Add(WebApplicationBuilder builder) => builder.Services.AddOpenTelemetry()
        .ConfigureResource(resource => resource.AddService("slipway-server", serviceVersion: typeof(TraceExport).Assembly.GetName().Version?.ToString()))
        .WithTracing(tracing => tracing
            .AddSource(Tracing.SourceName)
            .AddAspNetCoreInstrumentation(requests => requests.Filter = context => !Silent.Any(path => context.Request.Path.StartsWithSegments(path)))
            .AddOtlpExporter());
}
