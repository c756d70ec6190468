using System.Text.Json;
using Prometheus;
using Slipway.Contracts.Deployments;
using Slipway.Server.Deployments;

namespace Slipway.Server.Telemetry;

/// <summary>How deployments end, and how long they take.</summary>
internal sealed class DeploymentMetrics
{
    private static readonly DeploymentStatus[] Results =
        [DeploymentStatus.Succeeded, DeploymentStatus.Failed, DeploymentStatus.RolledBack, DeploymentStatus.Cancelled, DeploymentStatus.Superseded];

    private readonly Counter finished;
    private readonly Histogram duration;

    public DeploymentMetrics(IMetricFactory metrics, DeploymentTypeCatalog types)
    {
        finished = metrics.CreateCounter("slipway_deployments_finished_total", "Deployments that have ended.", ["type", "result"]);
        duration = metrics.CreateHistogram(
            "slipway_deployment_duration_seconds",
            "From the start of a deployment to its end, without its time in the queue.",
            ["type", "result"],
            new HistogramConfiguration { Buckets = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600] });

        // Known from the first moment, or the first failure after a start would be no increase to Prometheus.
        foreach (var type in types.Names)
        {
            foreach (var result in Results)
                finished.WithLabels(type, Name(result));
        }
    }

    public void Finished(DeploymentState state)
    {
        var (type, result) = (state.Request.DeploymentType, Name(state.Status));
        finished.WithLabels(type, result).Inc();
        if (state is { StartedAt: { } from, FinishedAt: { } to })
            duration.WithLabels(type, result).Observe((to - from).TotalSeconds);
    }

    /// <summary>As the API writes it.</summary>
    public static string Name(DeploymentStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());
}
