using Slipway.Contracts.Agent.V1;
using Slipway.Server.Instances.Logs;

namespace Slipway.Server.Instances.Connections;

/// <summary>What agents say because somebody has asked: lines of output, what they measured, how a command ended. It goes to whoever asked, on whichever node that is.</summary>
internal sealed class Replies(LogTails tails, ISignalTaker signals, ICommandTaker commands)
{
    public void Take(IAgentLine from, ToServer message)
    {
        if (message.BodyCase == ToServer.BodyOneofCase.LogChunk)
            tails.Take(from, message.LogChunk);
        else if (message.BodyCase == ToServer.BodyOneofCase.Signals)
            signals.Take(from, message.Signals);
        else if (message.BodyCase == ToServer.BodyOneofCase.CommandEnded)
            commands.Take(from, message.CommandEnded);
    }

    /// <summary>Nothing more comes from there.</summary>
    public void Ended(IAgentLine line) => tails.Ended(line);
}
