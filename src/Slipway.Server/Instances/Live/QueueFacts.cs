namespace Slipway.Server.Instances.Live;

/// <summary>What an agent of the AWS transport has said of its queue, so that it can be tidied up when the instance is gone.</summary>
/// <param name="IsOwn">The agent made the queue.</param>
internal sealed record QueueFacts(string QueueUrl, string SubscriptionArn, bool IsOwn);
