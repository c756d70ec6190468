using System.Collections.Concurrent;
using Google.Protobuf;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;
using Slipway.Server.Cluster;
using Slipway.Server.Instances.Connections;
using Slipway.Server.Instances.Live;
using Slipway.Server.Instances.Nodes;

namespace Slipway.Server.Instances.Logs;

/// <summary>Which reader gets which lines. A tail lasts as long as its reader and the connection it began on.</summary>
internal sealed class LogTails(ICluster cluster, INodeMessages nodes)
{
    private const char Separator = '.';

    private readonly ConcurrentDictionary<string, LogTail> open = new();
    private long last;

    public int Count => open.Count;

    /// <summary>Null: the instance is not connected.</summary>
    public LogTail? Open(LiveInstance instance, ServiceName service, int lines, bool follow)
    {
        if (instance.Connection is not { } connection)
            return null;

        var tail = new LogTail($"{cluster.Me}{Separator}{Interlocked.Increment(ref last)}", connection, Close);
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
            PassOn(from, chunk);
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

    /// <summary>Its reader is on another node.</summary>
    private void PassOn(IAgentLine from, LogChunk chunk)
    {
        if (chunk.Tail.Split(Separator) is [var node, _] && node != cluster.Me)
            _ = nodes.To(node)?.TakeWordsAsync(from.Instance.Value, new ToServer { LogChunk = chunk }.ToByteArray());
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
