using Slipway.Judging.Kayenta.Wire;

namespace Slipway.Judging.Kayenta.Prometheus;

/// <summary>Gets the values of a canary config's metrics for both sides.</summary>
public sealed class PrometheusMetricSource(IPrometheus prometheus, string scopeLabel = PrometheusQuery.DefaultScopeLabel, Gaps gaps = Gaps.Closed)
{
    private const string DefaultScope = "default";

    /// <summary>The pairs, ready to be judged.</summary>
    /// <param name="config">The canary config.</param>
    /// <param name="scopes">By the name that metrics have in <c>scopeName</c>; Kayenta's interface writes <c>default</c>.</param>
    /// <param name="cancellation">Ends the wait for Prometheus.</param>
    /// <exception cref="NotJudgeableException">A query is not possible.</exception>
    public async Task<IReadOnlyList<MetricSetPair>> FetchAsync(CanaryConfig config, IReadOnlyDictionary<string, CanaryScopePair> scopes, CancellationToken cancellation)
    {
        List<MetricSet> control = [], experiment = [];
        foreach (var metric in config.Metrics ?? [])
        {
            var name = string.IsNullOrEmpty(metric.ScopeName) ? DefaultScope : metric.ScopeName;
            if (!scopes.TryGetValue(name, out var pair))
                throw new NotJudgeableException($"The metric {metric.Name} is for the scope {name}; there is none of that name.");

            control.AddRange(await FetchAsync(config, metric, pair.Control, cancellation));
            experiment.AddRange(await FetchAsync(config, metric, pair.Experiment, cancellation));
        }

        return MetricSetMixer.Mix((config.Metrics ?? []).Select(metric => metric.Name!), control, experiment);
    }

    private async Task<IReadOnlyList<MetricSet>> FetchAsync(CanaryConfig config, CanaryMetricConfig metric, CanaryScope scope, CancellationToken cancellation)
    {
        var query = PrometheusQuery.Build(config, metric, scope, scopeLabel);
        return PrometheusAnswer.Read(await prometheus.QueryRangeAsync(query, scope.Start, scope.End, scope.Step, cancellation), metric.Name!, scope, gaps);
    }
}
