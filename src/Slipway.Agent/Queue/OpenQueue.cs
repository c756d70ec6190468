namespace Slipway.Agent.Queue;

/// <summary>A queue that is there and subscribed.</summary>
/// <param name="Filter">The filter policy it was subscribed with. Empty: AWS gives no more of them, so every message comes and the agent picks its own.</param>
internal sealed record OpenQueue(string Url, string SubscriptionArn, bool IsOwn, string Filter);
