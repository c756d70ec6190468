using Slipway.Agent.Queue;
using Slipway.Contracts.Ids;
using Xunit;

namespace Slipway.Agent.Tests.Queue;

public sealed class QueueNamesTests
{
    [Fact]
    public void Prefix_environment_and_instance_make_the_name() => Assert.Equal("slipway_production_web-1", Name("production", "web-1"));

    [Fact]
    public void Two_environments_whose_names_begin_alike_never_share_one() => Assert.NotEqual(Name("prod", "eu-1"), Name("prod-eu", "1"));

    [Theory]
    [InlineData("web.example.com", "web-example-com")]
    [InlineData("web.example.com", "web-example.com")]
    public void Instances_that_only_differ_in_what_SQS_does_not_take_have_names_of_their_own(string one, string other) =>
        Assert.NotEqual(Name("dev", one), Name("dev", other));

    [Fact]
    public void Names_that_are_too_long_are_cut_and_stay_different()
    {
        var (one, other) = (Name("dev", new string('a', 99) + "1"), Name("dev", new string('a', 99) + "2"));
        Assert.NotEqual(one, other);
        Assert.All([one, other, Name("dev", "web.1")], name =>
        {
            Assert.InRange(name.Length, 1, QueueNames.Longest);
            Assert.All(name, c => Assert.True(char.IsAsciiLetterOrDigit(c) || c is '_' or '-'));
        });
    }

    [Fact]
    public void A_queue_is_in_its_topics_account_and_region() =>
        Assert.Equal("arn:aws-cn:sqs:cn-north-1:123456789012:q", QueueNames.ArnOf("arn:aws-cn:sns:cn-north-1:123456789012:slipway-dev", "q"));

    private static string Name(string environment, string instance) => QueueNames.Of("slipway", new()
    {
        Instance = InstanceName.Parse(instance),
        Environment = EnvironmentName.Parse(environment),
        ServerId = "s",
        Servers = [new("http://127.0.0.1")],
    });
}
