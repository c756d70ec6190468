using Slipway.Aws;
using Slipway.Server.Aws;
using Slipway.Server.Instances.Live;

namespace Slipway.Server.Instances.Broker;

/// <summary>What an agent has to know to listen.</summary>
internal sealed partial class BrokerFacts(AwsSettings settings, AwsAccess access, Topics topics, BrokerKey key, ILogger<BrokerFacts> log)
{
    /// <summary>Without a topic where AWS does not say now which it is: the agent keeps to the one it knows.</summary>
    public async Task<Contracts.Agent.V1.Broker> ForAsync(LiveInstance instance, CancellationToken cancellation) => new()
    {
        Region = access.Region,
        TopicArn = await TopicAsync(instance, cancellation) ?? "",
        QueuePrefix = settings.QueuePrefix,
        DeadLetterQueueArn = settings.DeadLetterQueue ?? "",
        InstanceNumber = instance.Facts.Number,
        Keys = { key.Public },
    };

    private async Task<string?> TopicAsync(LiveInstance instance, CancellationToken cancellation)
    {
        try
        {
            return await topics.FindAsync(instance.Environment, cancellation);
        }
        catch (AwsException e)
        {
            LogNoTopic(instance.Environment, e.Message);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Agents of {Environment} cannot be told which topic is theirs: {Reason}")]
    private partial void LogNoTopic(Contracts.Ids.EnvironmentName environment, string reason);
}
