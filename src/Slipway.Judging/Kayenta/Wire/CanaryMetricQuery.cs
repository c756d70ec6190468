namespace Slipway.Judging.Kayenta.Wire;

/// <summary>A metric's query, with the fields that Kayenta's Prometheus source knows.</summary>
public sealed record CanaryMetricQuery
{
    /// <summary>The kind of metric source: <c>prometheus</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The metric in Prometheus.</summary>
    public string? MetricName { get; init; }

    /// <summary>Matchers of labels, such as <c>code=~"5.."</c>.</summary>
    public IReadOnlyList<string>? LabelBindings { get; init; }

    /// <summary>Labels that stay apart: one series for each of their values.</summary>
    public IReadOnlyList<string>? GroupByFields { get; init; }

    /// <summary><c>gce_instance</c> or <c>aws_ec2_instance</c>: which labels name the scope where no template does.</summary>
    public string? ResourceType { get; init; }

    /// <summary>Matchers with variables, or after <c>PromQL:</c> a whole expression.</summary>
    public string? CustomInlineTemplate { get; init; }

    /// <summary>The name of one of the config's templates. An inline template goes before it.</summary>
    public string? CustomFilterTemplate { get; init; }

    /// <summary>What Kayenta had before templates, and refuses.</summary>
    public string? CustomFilter { get; init; }
}
