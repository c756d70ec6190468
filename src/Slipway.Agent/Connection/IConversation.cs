using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Connection;

/// <summary>What the connection carries, without knowing what it means.</summary>
internal interface IConversation
{
    /// <summary>What is, for the first message of a connection.</summary>
    Hello Hello();

    /// <summary>What is, in short, for the slow comparison.</summary>
    Heartbeat Heartbeat();

    /// <summary>Must return at once; the connection reads nothing meanwhile.</summary>
    void Receive(ToAgent message);

    /// <summary>Completes when everything received so far would survive the agent's sudden death.</summary>
    Task KeptAsync(CancellationToken cancellation);

    void Disconnected();
}
