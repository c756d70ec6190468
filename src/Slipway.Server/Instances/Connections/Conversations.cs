using System.Collections.Concurrent;
using System.Net.WebSockets;
using Google.Protobuf;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;
using Slipway.Server.Instances.Converging;
using Slipway.Server.Instances.Live;
using Slipway.Server.Instances.Logs;
using Slipway.Server.Instances.Releases;
using Slipway.Server.Instances.Storing;

namespace Slipway.Server.Instances.Connections;

/// <summary>What agents say and what they are answered, on every connection there is.</summary>
internal sealed partial class Conversations(
    AssignmentStore assignments,
    ReleaseFactory releases,
    Convergence convergence,
    Welcomes welcomes,
    TargetSignals signals,
    StatusWriter writer,
    LogTails tails,
    TimeProvider time,
    ILogger<Conversations> log)
{
    /// <summary>Nobody gets there by ones; the room above is for what the server adds.</summary>
    private const ulong HighestGeneration = 1UL << 53;

    private readonly ConcurrentDictionary<AgentConnection, byte> open = new();

    public IEnumerable<AgentConnection> Open => open.Select(entry => entry.Key);

    public async Task RunAsync(LiveInstance instance, WebSocket socket)
    {
        var connection = new AgentConnection(instance.Name, socket, time);
        open.TryAdd(connection, 0);
        try
        {
            while (await MessageReader.ReadAsync(socket) is { } message)
                await HandleAsync(instance, connection, message);

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
            await EndAsync(instance, connection);
        }
    }

    private async Task EndAsync(LiveInstance instance, AgentConnection connection)
    {
        open.TryRemove(connection, out _);
        tails.Ended(connection);
        await connection.EndAsync();
        Away(instance, connection);
    }

    private void Away(LiveInstance instance, AgentConnection connection)
    {
        if (!instance.Disconnect(connection))
            return;

        signals.Changed(instance);
        writer.Write(instance);
    }

    private ValueTask HandleAsync(LiveInstance instance, AgentConnection connection, ToServer message)
    {
        instance.LastSeenAt = time.GetUtcNow();
        if (message.BodyCase == ToServer.BodyOneofCase.Hello)
            return HelloAsync(instance, connection, message.Hello);

        // A connection that another one has replaced has nothing to say any more.
        if (instance.Connection != connection)
            return ValueTask.CompletedTask;

        switch (message.BodyCase)
        {
            case ToServer.BodyOneofCase.Status:
                Report(instance, message.Status);
                break;
            case ToServer.BodyOneofCase.PrepareStatus:
                Report(instance, message.PrepareStatus);
                break;
            case ToServer.BodyOneofCase.Heartbeat:
                return AnswerAsync(instance, connection, message.Heartbeat);
            case ToServer.BodyOneofCase.LogChunk:
                tails.Take(connection, message.LogChunk);
                break;
            case ToServer.BodyOneofCase.Leaving:
                Away(instance, connection);
                break;
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>The order matters: what is, then what follows from it, then the connection counts, then what should be.</summary>
    private async ValueTask HelloAsync(LiveInstance instance, AgentConnection connection, Hello hello)
    {
        foreach (var member in instance.Members)
        {
            if (hello.Services.FirstOrDefault(status => status.Service == member.Service.Value) is { Generation: <= HighestGeneration } status)
            {
                await ReconcileAsync(member, status);
                member.Report(status);
            }
            else
            {
                member.ReportAbsent();
            }

            writer.Write(member);
        }

        if (instance.Facts.AgentVersion != hello.AgentVersion)
            instance.Facts = instance.Facts with { AgentVersion = hello.AgentVersion };

        await convergence.RunAsync(instance, CancellationToken.None);
        if (instance.Connect(connection) is { } before && before != connection)
        {
            LogReplaced(instance.Name);
            before.HangUp(WebSocketCloseStatus.PolicyViolation, "replaced");
        }

        connection.Send(new ToAgent { Welcome = await welcomes.WelcomeAsync(instance, CancellationToken.None) }.ToByteArray());
        writer.Write(instance);
        signals.Changed(instance);
    }

    private async ValueTask ReconcileAsync(LiveMember member, ServiceStatus status)
    {
        if (ConvergenceRules.Reconcile(member.State.Assigned, status, isKnownVersion: false) == member.State.Assigned)
            return;

        var isKnown = VersionName.TryParse(status.Version, out var version)
            && await releases.FindAsync(member.Target, new(version, (int)status.ConfigRevision), CancellationToken.None) is not null;
        await assignments.ChangeAsync(member, state => ConvergenceRules.Reconcile(state.Assigned, status, isKnown), CancellationToken.None);
        LogReconciled(member.Instance.Name, member.Service, status.Generation);
    }

    private void Report(LiveInstance instance, ServiceStatus status)
    {
        if (Find(instance, status.Service) is not { } member || status.Generation > HighestGeneration)
            return;

        member.Report(status);
        writer.Write(member);
        signals.Changed(member.Target);
    }

    private void Report(LiveInstance instance, PrepareStatus status)
    {
        if (Find(instance, status.Service) is not { } member)
            return;

        member.Report(status);
        signals.Changed(member.Target);
    }

    private async ValueTask AnswerAsync(LiveInstance instance, AgentConnection connection, Heartbeat heartbeat)
    {
        var answer = await welcomes.AnswerAsync(instance, heartbeat, CancellationToken.None);
        connection.Send(new ToAgent { HeartbeatAnswer = answer }.ToByteArray());
    }

    private static LiveMember? Find(LiveInstance instance, string service) =>
        ServiceName.TryParse(service, out var name) ? instance.Member(name) : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The agent of {Instance} sent something that is no message: {Problem}")]
    private partial void LogMisunderstood(InstanceName instance, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "The conversation with {Instance} failed.")]
    private partial void LogFailed(Exception exception, InstanceName instance);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Instance} has connected anew; its older connection is closed. If this repeats, two agents use the same identity.")]
    private partial void LogReplaced(InstanceName instance);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Instance} knows generation {Generation} of {Service}, which was never stored here: the database was restored or lost its last moments. It is taken over.")]
    private partial void LogReconciled(InstanceName instance, ServiceName service, ulong generation);
}
