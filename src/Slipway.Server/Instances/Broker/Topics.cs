using System.Collections.Concurrent;
using Slipway.Aws;
using Slipway.Aws.Notifications;
using Slipway.Server.Aws;

namespace Slipway.Server.Instances.Broker;

/// <summary>Which topic is an environment's: the one that settings name, or one that is made.</summary>
internal sealed class Topics(AwsSettings settings, SnsClient sns)
{
    private readonly ConcurrentDictionary<EnvironmentName, string> made = new();

    /// <summary>What it will be called where it is not named by its ARN.</summary>
    public string NameOf(EnvironmentName environment) => $"{settings.Topic}-{environment}";

    /// <summary>Null: this environment has none.</summary>
    /// <exception cref="AwsException">It is not known and could not be made.</exception>
    public async Task<string?> FindAsync(EnvironmentName environment, CancellationToken cancellation)
    {
        if (settings.Topics.TryGetValue(environment, out var given))
            return given;

        if (settings.Topic is null || made.TryGetValue(environment, out given))
            return given;

        return made[environment] = await sns.CreateTopicAsync(NameOf(environment), cancellation);
    }

    /// <summary>It is not there any more; the next who asks makes it again.</summary>
    public void Forget(EnvironmentName environment) => made.TryRemove(environment, out _);
}
