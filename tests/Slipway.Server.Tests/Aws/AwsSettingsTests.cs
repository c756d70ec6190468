using Microsoft.Extensions.Configuration;
using Slipway.Server.Aws;
using Slipway.Server.Persistence;

namespace Slipway.Server.Tests.Aws;

public sealed class AwsSettingsTests
{
    [Fact]
    public void Nothing_of_AWS_is_used_unless_it_is_named()
    {
        var settings = From([]);
        Assert.Equal((false, null, null, "slipway", "artifacts/"), (settings.HasTransport, settings.Region, settings.Bucket, settings.QueuePrefix, settings.BucketPrefix));
        Assert.Equal(TimeSpan.FromMinutes(15), settings.LinksValidFor.Time);
    }

    [Fact]
    public void Everything_that_is_said_is_taken()
    {
        var settings = From(
            ("Region", "us-gov-west-1"), ("Topic", "shop_1"), ("Topics:prod", "arn:aws-us-gov:sns:us-gov-west-1:123456789012:given"), ("QueuePrefix", "q"),
            ("DeadLetterQueue", "arn:aws:sqs:eu-central-1:123456789012:dead"), ("Bucket", "my.bucket-1"), ("BucketPrefix", ""), ("LinksValidFor", "12h"));
        Assert.True(settings.HasTransport);
        Assert.Equal(("us-gov-west-1", "shop_1", "q", "my.bucket-1"), (settings.Region, settings.Topic, settings.QueuePrefix, settings.Bucket));
        Assert.Equal(("prod", "arn:aws-us-gov:sns:us-gov-west-1:123456789012:given"), (Assert.Single(settings.Topics).Key.ToString(), settings.Topics.Values.Single()));
        Assert.Equal(TimeSpan.FromHours(12), settings.LinksValidFor.Time);
    }

    [Theory]
    [InlineData("Region", "Frankfurt", "write a region such as eu-central-1.")]
    [InlineData("Region", "eu-central-1.evil.example", "write a region such as eu-central-1.")]
    [InlineData("Topic", "a topic", "write 1 to 40 letters, digits, _ and -.")]
    [InlineData("Topics:prod", "slipway", "write an ARN such as arn:aws:sns:")]
    [InlineData("Topics:prod", "arn:aws:sqs:eu-central-1:123456789012:queue", "write an ARN such as arn:aws:sns:")]
    [InlineData("Topics:No!", "arn:aws:sns:eu-central-1:123456789012:given", "No!")]
    [InlineData("QueuePrefix", "a/b", "write 1 to 40 letters, digits, _ and -.")]
    [InlineData("DeadLetterQueue", "https://sqs.eu-central-1.amazonaws.com/1/dead", "write an ARN such as arn:aws:sqs:")]
    [InlineData("Bucket", "My_Bucket", "a bucket's name")]
    [InlineData("BucketPrefix", "/artifacts", "not beginning with /")]
    [InlineData("LinksValidFor", "13h", "write a time from 1m to 12h.")]
    [InlineData("LinksValidFor", "soon", "write a time from 1m to 12h.")]
    public void A_wrong_value_is_refused_with_a_sentence(string name, string value, string rule)
    {
        var refusal = Assert.Throws<StartRefusedException>(() => From((name, value)));
        Assert.StartsWith($"The setting Slipway:Aws:{name} is \"", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(rule, refusal.Message, StringComparison.Ordinal);
    }

    private static AwsSettings From(params (string Name, string Value)[] given) => AwsSettings.From(new ConfigurationBuilder()
        .AddInMemoryCollection(given.Select(setting => KeyValuePair.Create("Slipway:Aws:" + setting.Name, (string?)setting.Value))).Build());
}
