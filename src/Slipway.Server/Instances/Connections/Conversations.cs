using System.Collections.Concurrent;
using System.Net.WebSockets;
using Google.Protobuf;
using Slipway.Contracts.Ids;
using Slipway.Server.Instances.Live;
using Slipway.Server.Telemetry;

namespace Slipway.Server.Instances.Connections;

/// <summary>The conversations with agents on every WebSocket there is.</summary>
internal sealed partial class Conversations(Dialogue dialogue, CommandWatch watch, TimeProvider time, ILogger<Conversations> log)
{
    private readonly ConcurrentDictionary<AgentConnection, byte> open = new();

    public IEnumerable<AgentConnection> Open => open.Select(entry => entry.Key);

    public async Task RunAsync(LiveInstance instance, WebSocket socket)
    {
        var connection = new AgentConnection(instance.Name, socket, time);
        open.TryAdd(connection, 0);
        try
        {
            while (await MessageReader.ReadAsync(socket) is { } message)
            {
                watch.Heard(instance, message);
                await dialogue.HandleAsync(instance, connection, message, answer => connection.Send(answer.ToByteArray()));
            }

            await connection.CloseAsync(WebSocketCloseStatus.NormalClosure, "");
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidDataException)
        {
            LogMisunderstood(instance.Name, e.Message);
            await connection.CloseAndWaitAsync(WebSocketCloseStatus.InvalidPayloadData, "bad_message");
        }
        catch (Exception e) when (AgentConnection.IsOver(e))
        {
            // Connections break; the agent comes back by itself.
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogFailed(e, instance.Name);
            await connection.CloseAndWaitAsync(WebSocketCloseStatus.InternalServerError, "error");
        }
        finally
        {
            open.TryRemove(connection, out _);
            await connection.EndAsync();
            dialogue.Ended(instance, connection);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The agent of {Instance} sent something that is no message: {Problem}")]
    private partial void LogMisunderstood(InstanceName instance, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "The conversation with {Instance} failed.")]
    private partial void LogFailed(Exception exception, InstanceName instance);
}
