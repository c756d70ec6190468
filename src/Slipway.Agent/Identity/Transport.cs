namespace Slipway.Agent.Identity;

/// <summary>How this agent hears the server.</summary>
internal enum Transport
{
    /// <summary>Over the WebSocket it holds.</summary>
    Direct,

    /// <summary>From an SQS queue of its own, subscribed to its environment's SNS topic; it reports over the API.</summary>
    Aws,
}
