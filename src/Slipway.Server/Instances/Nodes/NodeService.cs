using System.Net.WebSockets;
using Orleans.Concurrency;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;
using Slipway.Server.Instances.Live;
using Slipway.Server.Instances.Logs;

namespace Slipway.Server.Instances.Nodes;

/// <summary>This node's end of what nodes ask of each other.</summary>
[Reentrant]
internal sealed class NodeService(GrainId id, Silo silo, ILoggerFactory logs, LiveFleet fleet, LogTails tails) : GrainService(id, silo, logs), INodeService
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

    public Task TakeLinesAsync(string instance, byte[] chunk)
    {
        if (fleet.Find(InstanceName.Parse(instance))?.Connection is { } line)
            tails.Take(line, LogChunk.Parser.ParseFrom(chunk));

        return Task.CompletedTask;
    }
}
