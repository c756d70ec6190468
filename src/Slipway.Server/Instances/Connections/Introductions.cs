using System.Net.WebSockets;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;
using Slipway.Server.Instances.Converging;
using Slipway.Server.Instances.Live;
using Slipway.Server.Instances.Releases;
using Slipway.Server.Instances.Storing;

namespace Slipway.Server.Instances.Connections;

/// <summary>An agent says Hello: what is, then what follows from it, then the line counts, then what should be. The order matters.</summary>
internal sealed partial class Introductions(
    AssignmentStore assignments, InstanceStore instances, ReleaseFactory releases, Convergence convergence, Welcomes welcomes, ILogger<Introductions> log)
{
    /// <summary>Nobody gets there by ones; the room above is for what the server adds.</summary>
    public const ulong HighestGeneration = 1UL << 53;

    public async Task<Welcome> WelcomeAsync(LiveInstance instance, IAgentLine line, Hello hello)
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
        }

        if (instance.Facts.AgentVersion != hello.AgentVersion)
            instance.Facts = instance.Facts with { AgentVersion = hello.AgentVersion };

        await instances.ChangeTransportAsync(instance, hello.Listening is null ? Transport.Direct : Transport.Aws, QueueOf(hello.Listening), CancellationToken.None);
        instance.TransportTrouble = hello.Listening?.Trouble is { Length: > 0 } trouble ? trouble : null;
        await convergence.RunAsync(instance, CancellationToken.None);
        if (instance.Connect(line) is { } before && before != line)
        {
            LogReplaced(instance.Name);
            before.HangUp(WebSocketCloseStatus.PolicyViolation, "replaced");
        }

        return await welcomes.WelcomeAsync(instance, CancellationToken.None);
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

    private static QueueFacts? QueueOf(Listening? listening) =>
        listening is { QueueUrl: { Length: > 0 and < 500 } queue, SubscriptionArn.Length: < 500 } ? new(queue, listening.SubscriptionArn, listening.OwnQueue) : null;

    [LoggerMessage(Level = LogLevel.Information, Message = "{Instance} has connected anew; its older connection is closed. If this repeats, two agents use the same identity.")]
    private partial void LogReplaced(InstanceName instance);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Instance} knows generation {Generation} of {Service}, which was never stored here: the database was restored or lost its last moments. It is taken over.")]
    private partial void LogReconciled(InstanceName instance, ServiceName service, ulong generation);
}
