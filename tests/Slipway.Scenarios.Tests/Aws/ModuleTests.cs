using System.Text.RegularExpressions;

namespace Slipway.Scenarios.Tests.Aws;

/// <summary>deploy/aws by Terraform itself. What its policies allow is worked out here: no emulator looks at resources and conditions.</summary>
public sealed class ModuleTests(AppliedModule module) : IClassFixture<AppliedModule>
{
    private const string Sns = "arn:aws:sns:eu-central-1:123456789012:";
    private const string Sqs = "arn:aws:sqs:eu-central-1:123456789012:";

    [Fact]
    public void The_module_and_its_example_are_valid()
    {
        Assert.SkipWhen(Terraform.WhyNot is not null, Terraform.WhyNot ?? "");
        Assert.Contains("configuration is valid", module.Validation!.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_plan_changes_nothing()
    {
        SkipWithoutEmulator();
        Assert.True(module.SecondPlan!.ExitCode == 0, module.SecondPlan.Story);
    }

    [Fact]
    public void Every_line_of_the_server_s_settings_is_one_the_server_knows()
    {
        SkipWithoutEmulator();
        var lines = module.Example.Output("server_environment_file").Split('\n');
        Assert.Contains($"Slipway__Aws__Topics__production={Sns}slipway-production", lines);
        var known = File.ReadAllText(Path.Combine(Repository.Root, "src", "Slipway.Server", "Aws", "AwsSettings.cs"));
        Assert.DoesNotContain(lines, line => !Regex.IsMatch(known, $"<c>Slipway:Aws:{Regex.Match(line, "^Slipway__Aws__([A-Za-z]+)(__|=)").Groups[1].Value}\\b"));
    }

    [Theory]
    [InlineData("sqs:CreateQueue", Sqs + "slipway_production_web-1", true)]
    [InlineData("sqs:SetQueueAttributes", Sqs + "slipway_production_web-1", true)]
    [InlineData("sqs:ReceiveMessage", Sqs + "slipway_production_web-1", true)]
    [InlineData("sqs:DeleteQueue", Sqs + "slipway_production_web-1", true)]
    [InlineData("sqs:CreateQueue", Sqs + "slipway_staging_web-1", false)]
    [InlineData("sqs:ReceiveMessage", Sqs + "slipway_staging_web-1", false)]
    [InlineData("sqs:DeleteQueue", Sqs + "slipway-dead-letters", false)]
    [InlineData("sqs:SendMessage", Sqs + "slipway_production_web-1", false)]
    [InlineData("sns:SetSubscriptionAttributes", Sns + "slipway-production", true)]
    [InlineData("sns:Unsubscribe", Sns + "slipway-production", true)]
    [InlineData("sns:Unsubscribe", Sns + "slipway-staging", false)]
    [InlineData("sns:Publish", Sns + "slipway-production", false)]
    [InlineData("s3:GetObject", "artifacts/abc", true)]
    [InlineData("s3:GetObject", "backups/abc", false)]
    [InlineData("s3:PutObject", "artifacts/abc", false)]
    [InlineData("s3:ListBucket", "", false)]
    public void Agents_may_listen_and_fetch_and_nothing_else(string action, string resource, bool allowed)
    {
        SkipWithoutEmulator();
        Assert.Equal(allowed, Agent("production").Allows(new(action, InBucket(action, resource))));
    }

    [Theory]
    [InlineData("production", "sqs", "slipway_production_web-1", true)]
    [InlineData("production", "sqs", "slipway_staging_web-1", false)]
    [InlineData("production", "sqs", "another-queue", false)]
    [InlineData("production", "https", "slipway_production_web-1", false)]
    [InlineData("staging", "sqs", "slipway_production_web-1", false)]
    public void Agents_subscribe_queues_of_their_environment_to_its_topic(string topic, string protocol, string queue, bool allowed)
    {
        SkipWithoutEmulator();
        Assert.Equal(allowed, Agent("production").Allows(Subscribing(topic, protocol, queue)));
    }

    [Theory]
    [InlineData("sns:Publish", Sns + "slipway-production", true)]
    [InlineData("sns:GetTopicAttributes", Sns + "slipway-staging", true)]
    [InlineData("sns:Unsubscribe", Sns + "slipway-production", true)]
    [InlineData("sns:Publish", Sns + "another-topic", false)]
    [InlineData("sns:CreateTopic", Sns + "slipway-production", false)]
    [InlineData("sqs:DeleteQueue", Sqs + "slipway_production_web-1", true)]
    [InlineData("sqs:DeleteQueue", Sqs + "another-queue", false)]
    [InlineData("sqs:ReceiveMessage", Sqs + "slipway_production_web-1", false)]
    [InlineData("s3:PutObject", "artifacts/abc", true)]
    [InlineData("s3:DeleteObject", "artifacts/abc", true)]
    [InlineData("s3:GetObject", "backups/abc", false)]
    [InlineData("s3:ListBucketMultipartUploads", "", true)]
    public void The_server_may_publish_keep_artifacts_and_clear_away(string action, string resource, bool allowed)
    {
        SkipWithoutEmulator();
        Assert.Equal(allowed, Server.Allows(new(action, InBucket(action, resource))));
    }

    [Theory]
    [InlineData("artifacts/", true)]
    [InlineData("artifacts/abc", true)]
    [InlineData("backups/", false)]
    public void The_server_lists_its_own_part_of_the_bucket(string prefix, bool allowed)
    {
        SkipWithoutEmulator();
        Assert.Equal(allowed, Server.Allows(new("s3:ListBucket", InBucket("s3:", "")) { Context = new Dictionary<string, string> { ["s3:prefix"] = prefix } }));
    }

    [Theory]
    [InlineData("slipway-server", false)]
    [InlineData("administrator", true)]
    [InlineData("slipway-agent-production", true)]
    public void A_topic_refuses_messages_of_everybody_but_the_server(string role, bool refused)
    {
        SkipWithoutEmulator();
        Assert.Equal(refused, Topic.Denies(new("sns:Publish", Sns + "slipway-production") { Context = By(role) }));
    }

    [Theory]
    [InlineData("slipway-agent-production", "sqs", "slipway_production_web-1", false)]
    [InlineData("slipway-agent-staging", "sqs", "slipway_production_web-1", true)]
    [InlineData("administrator", "sqs", "slipway_production_web-1", true)]
    [InlineData("slipway-agent-production", "sqs", "another-queue", true)]
    [InlineData("slipway-agent-production", "https", "slipway_production_web-1", true)]
    public void A_topic_refuses_subscriptions_of_everybody_but_its_agents(string role, string protocol, string queue, bool refused)
    {
        SkipWithoutEmulator();
        var call = Subscribing("production", protocol, queue);
        Assert.Equal(refused, Topic.Denies(call with { Context = call.Context.Concat(By(role)).ToDictionary() }));
    }

    [Theory]
    [InlineData("sqs:ReceiveMessage", "slipway_prod_web-1", true)]
    [InlineData("sqs:ReceiveMessage", "slipway_prod_web-3", false)]
    [InlineData("sqs:ReceiveMessage", "slipway_prod-eu_web-1", false)]
    [InlineData("sqs:CreateQueue", "slipway_prod_web-1", false)]
    [InlineData("sqs:SetQueueAttributes", "slipway_prod_web-1", false)]
    [InlineData("sqs:DeleteQueue", "slipway_prod_web-1", false)]
    public void An_agent_with_a_given_queue_may_only_receive(string action, string queue, bool allowed)
    {
        SkipWithoutEmulator();
        Assert.Equal(allowed, module.GivenPlan.Policy("""aws_iam_policy.agent["prod"]""").Allows(new(action, Sqs + queue)));
    }

    /// <summary>"slipway_prod_*" also fits the queues of prod-eu.</summary>
    [Fact]
    public void An_environment_whose_name_begins_like_another_s_stays_apart()
    {
        SkipWithoutEmulator();
        Assert.False(module.GivenPlan.Policy("""aws_iam_policy.agent["prod"]""").Allows(new("sqs:ReceiveMessage", Sqs + "slipway_prod-eu_web-1")));
        Assert.True(module.GivenPlan.Policy("""aws_iam_policy.agent["prod-eu"]""").Allows(new("sqs:ReceiveMessage", Sqs + "slipway_prod-eu_web-1")));
    }

    [Fact]
    public void A_given_queue_takes_messages_of_its_environment_s_topic()
    {
        SkipWithoutEmulator();
        var policy = module.GivenPlan.Policy("""aws_sqs_queue.given["prod/web-1"]""");
        Assert.True(policy.Allows(Sending("prod")));
        Assert.False(policy.Allows(Sending("prod-eu")));
    }

    [Fact]
    public void What_is_given_is_not_made()
    {
        SkipWithoutEmulator();
        Assert.DoesNotContain(module.GivenPlan.Addresses, address => Regex.IsMatch(address, "^aws_(iam_role|iam_instance_profile|s3_bucket)\\b"));
        Assert.Equal("web", module.GivenPlan.Text("""aws_iam_role_policy_attachment.given_agent["prod/0"]""", "role"));
    }

    [Fact]
    public void No_policy_allows_whatever_fits_a_pattern_of_actions()
    {
        SkipWithoutEmulator();
        Assert.NotEmpty(Server.AllowedActions);
        Assert.DoesNotContain(Server.AllowedActions.Concat(Agent("production").AllowedActions), action => action.Contains('*', StringComparison.Ordinal));
    }

    private PolicyDocument Server => module.Example.Policy("aws_iam_policy.server");

    private PolicyDocument Topic => module.Example.Policy("""aws_sns_topic_policy.environment["production"]""");

    private PolicyDocument Agent(string environment) => module.Example.Policy($"""aws_iam_policy.agent["{environment}"]""");

    /// <summary>The bucket's name is made up by the provider.</summary>
    private string InBucket(string action, string resource) =>
        !action.StartsWith("s3:", StringComparison.Ordinal) ? resource
        : "arn:aws:s3:::" + module.Example.Text("aws_s3_bucket.artifacts[0]", "id") + (resource.Length > 0 ? "/" + resource : "");

    private static AwsCall Subscribing(string topic, string protocol, string queue) =>
        new("sns:Subscribe", $"{Sns}slipway-{topic}") { Context = new Dictionary<string, string> { ["sns:Protocol"] = protocol, ["sns:Endpoint"] = Sqs + queue } };

    private static AwsCall Sending(string topic) =>
        new("sqs:SendMessage", $"{Sqs}slipway_prod_web-1") { Context = new Dictionary<string, string> { ["aws:SourceArn"] = $"{Sns}slipway-{topic}" } };

    private static Dictionary<string, string> By(string role) => new() { ["aws:PrincipalArn"] = $"arn:aws:iam::123456789012:role/{role}" };

    private void SkipWithoutEmulator() => Assert.SkipWhen(module.WhyNot is not null, module.WhyNot ?? "");
}
