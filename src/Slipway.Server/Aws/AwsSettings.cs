using System.Text.RegularExpressions;
using Slipway.Contracts.Services;
using Slipway.Server.Persistence;

namespace Slipway.Server.Aws;

/// <summary>
/// What the server uses of AWS: nothing, unless a bucket or a topic is named here. Credentials and addresses are AWS' own business: its environment
/// variables (also AWS_ENDPOINT_URL), profiles, web identity, or the role of the instance.
/// </summary>
internal sealed partial record AwsSettings
{
    /// <summary><c>Slipway:Aws:Region</c>, for example eu-central-1. Default: what AWS_REGION, the profile or the instance's metadata say.</summary>
    public string? Region { get; init; }

    /// <summary><c>Slipway:Aws:Topic</c>: commands to agents of the AWS transport go to topics named TOPIC-ENVIRONMENT, which are made where they are missing.</summary>
    public string? Topic { get; init; }

    /// <summary><c>Slipway:Aws:Topics:ENVIRONMENT</c>: the ARN of a topic that is there already, for this environment.</summary>
    public IReadOnlyDictionary<EnvironmentName, string> Topics { get; init; } = new Dictionary<EnvironmentName, string>();

    /// <summary><c>Slipway:Aws:QueuePrefix</c>: agents name the queues they make PREFIX_ENVIRONMENT_INSTANCE. Default: slipway.</summary>
    public string QueuePrefix { get; init; } = "slipway";

    /// <summary>
    /// <c>Slipway:Aws:DeadLetterQueue</c>: the ARN of a queue for messages that an agent could not understand five times. Default: none, they are dropped and logged.
    /// </summary>
    public string? DeadLetterQueue { get; init; }

    /// <summary><c>Slipway:Aws:Bucket</c>: artifacts are kept in this S3 bucket instead of the data directory.</summary>
    public string? Bucket { get; init; }

    /// <summary><c>Slipway:Aws:BucketPrefix</c>: what the keys of artifacts begin with. Default: artifacts/.</summary>
    public string BucketPrefix { get; init; } = "artifacts/";

    /// <summary><c>Slipway:Aws:LinksValidFor</c>: how long a link to an artifact, given to somebody who may have it, can be used to begin a download. 1m to 12h, default 15m.</summary>
    public Duration LinksValidFor { get; init; } = new(TimeSpan.FromMinutes(15));

    public bool HasTransport => Topic is not null || Topics.Count > 0;

    public static AwsSettings From(IConfiguration configuration)
    {
        var section = configuration.GetSection("Slipway:Aws");
        var defaults = new AwsSettings();
        var settings = new AwsSettings
        {
            Region = Text(section, nameof(Region), null, RegionName(), "a region such as eu-central-1"),
            Topic = Text(section, nameof(Topic), null, ShortName(), "1 to 40 letters, digits, _ and -"),
            Topics = section.GetSection(nameof(Topics)).GetChildren().ToDictionary(EnvironmentOf, topic => Arn(topic, "sns")),
            QueuePrefix = Text(section, nameof(QueuePrefix), defaults.QueuePrefix, ShortName(), "1 to 40 letters, digits, _ and -")!,
            DeadLetterQueue = section[nameof(DeadLetterQueue)] is null ? null : Arn(section.GetSection(nameof(DeadLetterQueue)), "sqs"),
            Bucket = Text(section, nameof(Bucket), null, BucketName(), "a bucket's name: 3 to 63 lower-case letters, digits, . and -"),
            BucketPrefix = Text(section, nameof(BucketPrefix), defaults.BucketPrefix, KeyPrefix(), "up to 200 letters, digits and / . _ -, not beginning with /")!,
            LinksValidFor = Time(section, nameof(LinksValidFor), defaults.LinksValidFor),
        };
        return settings;
    }

    private static string? Text(IConfigurationSection section, string name, string? otherwise, Regex form, string rule) =>
        section[name] is not { Length: > 0 } text ? otherwise
        : form.IsMatch(text) ? text
        : throw Wrong($"{section.Path}:{name}", text, $"write {rule}");

    private static EnvironmentName EnvironmentOf(IConfigurationSection topic) =>
        EnvironmentName.TryParse(topic.Key, out var environment) ? environment : throw Wrong(topic.Path, topic.Key, EnvironmentName.Rule);

    private static string Arn(IConfigurationSection setting, string service) =>
        setting.Value is { } text && text.Split(':') is ["arn", _, var what, { Length: > 0 }, { Length: > 0 }, { Length: > 0 }] && what == service
            ? text
            : throw Wrong(setting.Path, setting.Value ?? "", $"write an ARN such as arn:aws:{service}:eu-central-1:123456789012:slipway");

    private static Duration Time(IConfigurationSection section, string name, Duration otherwise) =>
        section[name] is not { } text ? otherwise
        : Duration.TryParse(text, out var time) && time.Time >= TimeSpan.FromMinutes(1) && time.Time <= TimeSpan.FromHours(12) ? time
        : throw Wrong($"{section.Path}:{name}", text, "write a time from 1m to 12h");

    private static StartRefusedException Wrong(string setting, string value, string rule) => new($"The setting {setting} is \"{value}\"; {rule.TrimEnd('.')}.");

    [GeneratedRegex(@"^[a-z]{2}(-[a-z]+)+-[0-9]\z")]
    private static partial Regex RegionName();

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,40}\z")]
    private static partial Regex ShortName();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z")]
    private static partial Regex BucketName();

    [GeneratedRegex(@"^([A-Za-z0-9._-][A-Za-z0-9/._-]{0,199})?\z")]
    private static partial Regex KeyPrefix();
}
