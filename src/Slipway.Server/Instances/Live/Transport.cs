namespace Slipway.Server.Instances.Live;

/// <summary>How commands reach an agent.</summary>
internal enum Transport
{
    /// <summary>Over the WebSocket that it holds.</summary>
    Direct,

    /// <summary>Through an SNS topic and an SQS queue; it reports over the API.</summary>
    Aws,
}
