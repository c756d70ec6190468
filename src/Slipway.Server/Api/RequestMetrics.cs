using System.Diagnostics;
using System.Globalization;
using Prometheus;

namespace Slipway.Server.Api;

/// <summary>How long requests take, by route, method and status. Labels come from the routes, never from what a caller sent.</summary>
internal sealed class RequestMetrics(RequestDelegate next, IMetricFactory metrics)
{
    private readonly Histogram duration = metrics.CreateHistogram(
        "slipway_http_request_duration_seconds",
        "Duration of HTTP requests.",
        ["method", "route", "status"],
        new HistogramConfiguration { Buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10] });

    public async Task InvokeAsync(HttpContext context)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none";
            duration
                .WithLabels(Method(context.Request.Method), route, context.Response.StatusCode.ToString(CultureInfo.InvariantCulture))
                .Observe(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
    }

    private static string Method(string method) =>
        method is "GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE" or "OPTIONS" or "CONNECT" or "TRACE" ? method : "other";
}
