using System.Collections.Concurrent;
using Google.Protobuf;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;
using Slipway.Server.Instances.Connections;
using Slipway.Server.Instances.Live;
using Slipway.Server.Instances.Nodes;

namespace Slipway.Server.Instances.Logs;

/// <summary>Which reader gets which lines. A tail lasts as long as its reader and the connection it began on.</summary>
internal sealed class LogTails(ReturnAddresses addresses)
{
    private readonly ConcurrentDictionary<string, LogTail> open = new();

    public int Count => open.Count;

    /// <summary>Null: the instance is not connected.</summary>
    public LogTail? Open(LiveInstance instance, ServiceName service, int lines, bool follow)
    {
        if (instance.Connection is not { } connection)
            return null;

        var tail = new LogTail(addresses.Next(), connection, Close);
        open[tail.Id] = tail;
        var request = new TailLogs { Tail = tail.Id, Service = service.Value, Lines = lines, Follow = follow };
        connection.Send(new ToAgent { TailLogs = request }.ToByteArray());

        // It may have ended before the tail could be found by Ended.
        if (instance.Connection != connection)
            Lost(tail);

        return tail;
    }

    public void Take(IAgentLine from, LogChunk chunk)
    {
        if (!open.TryGetValue(chunk.Tail, out var tail) || tail.Connection != from)
        {
            addresses.PassOn(chunk.Tail, from, new() { LogChunk = chunk });
            return;
        }

        tail.Add(chunk.Lines);
        if (chunk.End)
            tail.End(Explain(chunk.Reason));
    }

    public void Ended(IAgentLine connection)
    {
        foreach (var (_, tail) in open)
        {
            if (tail.Connection == connection)
                Lost(tail);
        }
    }

    private static void Lost(LogTail tail) => tail.End($"[slipway] The connection to {tail.Connection.Instance} was lost; its lines end here.");

    private static string? Explain(string reason) => reason switch
    {
        "" => null,
        "no_such_service" => "[slipway] The service has never run on this instance.",
        "dropped" => "[slipway] The agent ended this: the lines came faster than they could be sent.",
        _ => $"[slipway] The agent ended this: {reason}.",
    };

    private void Close(LogTail tail)
    {
        open.TryRemove(tail.Id, out _);
        if (!tail.HasEnded)
            tail.Connection.Send(new ToAgent { StopTail = new() { Tail = tail.Id } }.ToByteArray());
    }
}
