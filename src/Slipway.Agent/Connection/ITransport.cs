namespace Slipway.Agent.Connection;

/// <summary>Brings the server's words to this agent and this agent's words to the server, whatever happens in between.</summary>
internal interface ITransport
{
    /// <summary>Until cancelled, which says goodbye.</summary>
    Task RunAsync(CancellationToken cancellation);
}
