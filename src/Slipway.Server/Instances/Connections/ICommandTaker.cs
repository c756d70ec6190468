using Slipway.Contracts.Agent.V1;

namespace Slipway.Server.Instances.Connections;

/// <summary>Takes what agents say of commands that they were asked to run.</summary>
internal interface ICommandTaker
{
    void Take(IAgentLine from, CommandEnded ended);
}
