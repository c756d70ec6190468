using Slipway.Judging.Kayenta.Wire;

namespace Slipway.Judging.Kayenta.Prometheus;

/// <summary>Makes the expression for Prometheus out of a metric's query and a scope, as Kayenta makes it.</summary>
public static class PrometheusQuery
{
    private const string WholeExpression = "PromQL:";

    /// <summary>The label that names an instance of Google's, unless Kayenta's account says another.</summary>
    public const string DefaultScopeLabel = "instance";

    /// <summary>The expression.</summary>
    /// <exception cref="NotJudgeableException">The query does not say enough.</exception>
    public static string Build(CanaryConfig config, CanaryMetricConfig metric, CanaryScope scope, string scopeLabel = DefaultScopeLabel)
    {
        if (metric.Query is not { Type: "prometheus" } query)
            throw new NotJudgeableException($"The metric {metric.Name} asks {metric.Query?.Type ?? "nothing"}; only prometheus can be asked.");

        var resourceType = string.IsNullOrWhiteSpace(query.ResourceType) ? scope.ResourceType : query.ResourceType;
        var filter = Filter(config, query, scope, resourceType);
        if (filter?.StartsWith(WholeExpression, StringComparison.Ordinal) == true)
            return filter[WholeExpression.Length..];

        if (string.IsNullOrEmpty(query.MetricName))
            throw new NotJudgeableException($"The query of the metric {metric.Name} has neither a metricName nor a template that begins with {WholeExpression}");

        IReadOnlyList<string> own = query.LabelBindings ?? [];
        IEnumerable<string> matchers = string.IsNullOrEmpty(filter) ? [.. own, .. Matchers(metric, scope, resourceType, scopeLabel)] : [filter.TrimEnd(','), .. own];
        var inside = string.Join(",", matchers.Where(matcher => matcher.Length > 0));
        var grouped = query.GroupByFields is { Count: > 0 } fields ? $" by ({string.Join(",", fields)})" : "";
        return $"avg({query.MetricName}{(inside.Length > 0 ? $"{{{inside}}}" : "")}){grouped}";
    }

    private static string? Filter(CanaryConfig config, CanaryMetricQuery query, CanaryScope scope, string? resourceType)
    {
        if (query.CustomFilter is not null)
            throw new NotJudgeableException("customFilter is no longer possible; write it as customInlineTemplate.");

        var template = string.IsNullOrEmpty(query.CustomInlineTemplate) ? Named(config, query.CustomFilterTemplate) : query.CustomInlineTemplate;
        return template is null ? null : QueryTemplate.Expand(template, Variables(scope, resourceType));
    }

    private static string? Named(CanaryConfig config, string? name) => string.IsNullOrEmpty(name)
        ? null
        : config.Templates?.GetValueOrDefault(name) ?? throw new NotJudgeableException($"The canary config has no template {name}.");

    private static Dictionary<string, string> Variables(CanaryScope scope, string? resourceType)
    {
        var variables = new Dictionary<string, string>();
        foreach (var (name, value) in ((string, string?)[])[("project", scope.Project), ("resourceType", resourceType), ("scope", scope.Scope), ("location", scope.Location)])
        {
            if (!string.IsNullOrEmpty(value))
                variables[name] = value;
        }

        foreach (var (name, value) in scope.ExtendedScopeParams ?? new Dictionary<string, string>())
            variables[name] = value;
        return variables;
    }

    /// <summary>Where no template says which instances are meant, the names of two cloud providers' do.</summary>
    private static IEnumerable<string> Matchers(CanaryMetricConfig metric, CanaryScope scope, string? resourceType, string scopeLabel)
    {
        if (resourceType is not ("gce_instance" or "aws_ec2_instance"))
            throw new NotJudgeableException($"The query of the metric {metric.Name} needs a template, or a resourceType that is gce_instance or aws_ec2_instance.");

        if (string.IsNullOrEmpty(scope.Location))
            throw new NotJudgeableException($"The metric {metric.Name} with the resourceType {resourceType} needs a scope with a location.");

        var google = resourceType == "gce_instance";
        var project = string.IsNullOrEmpty(scope.Project) ? "" : $"projects/{scope.Project}/";
        if (!string.IsNullOrEmpty(scope.Scope))
            yield return google ? $"{scopeLabel}=~\"{scope.Scope}-.{{4}}\"" : $"asg_groupName=\"{scope.Scope}\"";
        yield return google ? $"zone=~\".+/{project}zones/{scope.Location}-.{{1}}\"" : $"zone=~\"{scope.Location}.{{1}}\"";
    }
}
