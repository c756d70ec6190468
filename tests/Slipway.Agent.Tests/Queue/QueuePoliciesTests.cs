using System.Text.Json;
using Slipway.Agent.Queue;
using Xunit;

namespace Slipway.Agent.Tests.Queue;

public sealed class QueuePoliciesTests
{
    [Fact]
    public void The_filter_lets_through_what_is_about_this_instance_and_its_services_or_about_none() => Assert.Equal(
        """{"service":["*","cart","shop"],"first":[{"numeric":["\u003C=",7]}],"last":[{"numeric":["\u003E=",7]}]}""",
        QueuePolicies.Filter(7, ["shop", "cart"]));

    [Fact]
    public void The_order_of_services_makes_no_other_filter() =>
        Assert.Equal(QueuePolicies.Filter(7, ["a", "b"]), QueuePolicies.Filter(7, ["b", "a"]));

    [Fact]
    public void An_instance_with_as_many_services_as_may_be_stays_below_what_SNS_takes()
    {
        using var filter = JsonDocument.Parse(QueuePolicies.Filter(7, Enumerable.Range(1, 50).Select(i => $"service-{i}")));
        var combinations = filter.RootElement.EnumerateObject().Aggregate(1, (product, key) => product * key.Value.GetArrayLength());
        Assert.InRange(combinations, 1, 150);
        Assert.InRange(filter.RootElement.EnumerateObject().Count(), 1, 5);
    }

    [Fact]
    public void Only_the_topic_may_send()
    {
        using var policy = JsonDocument.Parse(QueuePolicies.Access("arn:q", "arn:t"));
        var statement = policy.RootElement.GetProperty("Statement")[0];
        Assert.Equal("sns.amazonaws.com", statement.GetProperty("Principal").GetProperty("Service").GetString());
        Assert.Equal(("sqs:SendMessage", "arn:q"), (statement.GetProperty("Action").GetString(), statement.GetProperty("Resource").GetString()));
        Assert.Equal("arn:t", statement.GetProperty("Condition").GetProperty("ArnEquals").GetProperty("aws:SourceArn").GetString());
    }
}
