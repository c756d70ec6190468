using Slipway.Judging.Kayenta;
using Slipway.Judging.Kayenta.Prometheus;
using Slipway.Judging.Kayenta.Wire;

namespace Slipway.Judging.Tests.Kayenta;

public sealed class PrometheusQueryTests
{
    private static readonly CanaryScope Shop = new()
    {
        Scope = "shop-v2",
        Location = "us-central1",
        Start = DateTimeOffset.UnixEpoch,
        End = DateTimeOffset.UnixEpoch.AddMinutes(5),
        Step = TimeSpan.FromMinutes(1),
    };

    [Fact]
    public void An_instance_group_of_Google_is_found_by_name_and_zone() => Assert.Equal(
        """avg(latency{code="200",instance=~"shop-v2-.{4}",zone=~".+/zones/us-central1-.{1}"})""",
        Build(new() { MetricName = "latency", LabelBindings = ["code=\"200\""], ResourceType = "gce_instance" }, Shop));

    [Fact]
    public void With_a_project_its_zone_says_so_and_the_account_may_name_another_label() => Assert.Equal(
        """avg(latency{node=~"shop-v2-.{4}",zone=~".+/projects/big/zones/us-central1-.{1}"})""",
        Build(new() { MetricName = "latency", ResourceType = "gce_instance" }, Shop with { Project = "big" }, "node"));

    [Fact]
    public void A_scaling_group_of_Amazon_is_found_by_name_and_zone() => Assert.Equal(
        """avg(latency{asg_groupName="shop-v2",zone=~"us-central1.{1}"}) by (zone,pod)""",
        Build(new() { MetricName = "latency", GroupByFields = ["zone", "pod"] }, Shop with { ResourceType = "aws_ec2_instance" }));

    [Theory]
    [InlineData("some", null, "avg(latency{group=shop-v2,a=b})")]
    [InlineData("some", "x=1,y=2", "avg(latency{x=1,y=2,a=b})")]
    [InlineData(null, "version=\"$\\{scope}\",", "avg(latency{version=\"shop-v2\",a=b})")]
    [InlineData(null, "l=\"${location}\",t=\"${resourceType}\"", "avg(latency{l=\"us-central1\",t=\"anything\",a=b})")]
    public void A_template_goes_before_the_label_bindings(string? named, string? inline, string expected) => Assert.Equal(
        expected,
        Build(new() { MetricName = "latency", LabelBindings = ["a=b"], CustomFilterTemplate = named, CustomInlineTemplate = inline, ResourceType = "anything" }, Shop));

    [Fact]
    public void A_whole_expression_is_taken_as_it_is_with_the_scopes_own_variables() => Assert.Equal(
        """histogram_quantile(0.99, sum(rate(h_bucket{v="shop-v2"}[1m])) by (le))""",
        Build(
            new() { CustomInlineTemplate = """PromQL:histogram_quantile(${quantile}, sum(rate(h_bucket{v="${scope}"}[1m])) by (le))""" },
            Shop with { ExtendedScopeParams = new Dictionary<string, string> { ["quantile"] = "0.99" } }));

    [Theory]
    [InlineData("${nobody}", "no variable nobody")]
    [InlineData("${scope!\"x\"}", "only variables")]
    [InlineData("<#if scope??>x</#if>", "only variables")]
    public void What_a_template_can_not_have_is_refused_and_not_misread(string template, string why) =>
        Refuses(new() { MetricName = "latency", CustomInlineTemplate = template }, why);

    [Fact]
    public void A_query_that_does_not_say_which_instances_is_refused()
    {
        Refuses(new() { MetricName = "latency" }, "needs a template");
        Refuses(new() { MetricName = "latency", ResourceType = "toaster" }, "needs a template");
        Refuses(new() { CustomInlineTemplate = "a=b" }, "neither a metricName");
        Refuses(new() { MetricName = "latency", CustomFilterTemplate = "unknown" }, "no template unknown");
        Refuses(new() { MetricName = "latency", CustomFilter = "a=b" }, "customInlineTemplate");
        Assert.Contains("location", Assert.Throws<NotJudgeableException>(() => Build(new() { MetricName = "latency", ResourceType = "gce_instance" }, Shop with { Location = null })).Message, StringComparison.Ordinal);
        Assert.Contains("asks datadog", Assert.Throws<NotJudgeableException>(() => PrometheusQuery.Build(new(), new() { Name = "m", Query = new() { Type = "datadog" } }, Shop)).Message, StringComparison.Ordinal);
    }

    private static void Refuses(CanaryMetricQuery query, string why) =>
        Assert.Contains(why, Assert.Throws<NotJudgeableException>(() => Build(query, Shop)).Message, StringComparison.Ordinal);

    private static string Build(CanaryMetricQuery query, CanaryScope scope, string label = "instance") => PrometheusQuery.Build(
        new() { Templates = new Dictionary<string, string> { ["some"] = "group=${scope}" } },
        new() { Name = "m", Query = query with { Type = "prometheus" } },
        scope,
        label);
}
