using Slipway.Contracts.Agent.V1;

namespace Slipway.Server.Instances.Connections;

/// <summary>Whoever has asked agents what they measured.</summary>
internal interface ISignalTaker
{
    void Take(IAgentLine from, Signals signals);
}
