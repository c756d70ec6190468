using System.Net.WebSockets;
using Orleans.Concurrency;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;
using Slipway.Server.Instances.Connections;
using Slipway.Server.Instances.Live;

namespace Slipway.Server.Instances.Nodes;

/// <summary>This node's end of what nodes ask of each other.</summary>
[Reentrant]
internal sealed class NodeService(GrainId id, Silo silo, ILoggerFactory logs, LiveFleet fleet, Replies replies) : GrainService(id, silo, logs), INodeService
{
    public Task DeliverAsync(NodeMail[] mail)
    {
        foreach (var letter in mail)
        {
            foreach (var name in letter.Instances)
            {
                // Whoever has gone on to another node hears it from there.
                if (fleet.Find(InstanceName.Parse(name)) is not { IsHere: true, Connection: { } line })
                    continue;

                if (letter.Message is { } message)
                    line.Send(message);
                else
                    line.HangUp(WebSocketCloseStatus.PolicyViolation, letter.HangUp ?? "");
            }
        }

        return Task.CompletedTask;
    }

    public Task TakeWordsAsync(string instance, byte[] message)
    {
        if (fleet.Find(InstanceName.Parse(instance))?.Connection is { } line)
            replies.Take(line, ToServer.Parser.ParseFrom(message));

        return Task.CompletedTask;
    }
}
