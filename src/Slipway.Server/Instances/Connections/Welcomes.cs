using Slipway.Contracts.Agent.V1;
using Slipway.Server.Aws;
using Slipway.Server.Instances.Broker;
using Slipway.Server.Instances.Live;
using Slipway.Server.Instances.Releases;

namespace Slipway.Server.Instances.Connections;

/// <summary>What should be, for one instance, as messages.</summary>
internal sealed partial class Welcomes(ReleaseFactory releases, AwsSettings aws, Lazy<BrokerFacts> broker, LiveFleet fleet, TimeProvider time, ILogger<Welcomes> log)
{
    /// <summary>Slow: everything is pushed as it happens, this only finds what was lost.</summary>
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(60);

    private static readonly string ServerVersion = typeof(Welcomes).Assembly.GetName().Version?.ToString(3) ?? "";

    public async Task<Welcome> WelcomeAsync(LiveInstance instance, CancellationToken cancellation)
    {
        var interval = instance.Facts.Transport == Transport.Aws ? ReportPace.Interval(fleet) : HeartbeatInterval;
        var welcome = new Welcome { ServerVersion = ServerVersion, HeartbeatIntervalMs = (int)interval.TotalMilliseconds, Now = Now() };
        if (instance.Facts.Transport == Transport.Aws && aws.HasTransport)
            welcome.Broker = await broker.Value.ForAsync(instance, cancellation);
        foreach (var member in instance.Members)
        {
            if (await AssignAsync(member, cancellation) is { } assign)
                welcome.Assignments.Add(assign);

            if (await PrepareAsync(member, cancellation) is { } prepare)
                welcome.Prepares.Add(prepare);
        }

        return welcome;
    }

    /// <summary>What the agent has not heard of.</summary>
    public async Task<HeartbeatAnswer> AnswerAsync(LiveInstance instance, Heartbeat heartbeat, CancellationToken cancellation)
    {
        var answer = new HeartbeatAnswer { Now = Now() };
        foreach (var member in instance.Members)
        {
            var known = heartbeat.Services.FirstOrDefault(service => service.Service == member.Service.Value)?.Generation ?? 0;
            if (member.State.Assigned.Generation > known && await AssignAsync(member, cancellation) is { } assign)
                answer.Assignments.Add(assign);

            if (Unheard.Prepare(member.State) && await PrepareAsync(member, cancellation) is { } prepare)
                answer.Prepares.Add(prepare);
        }

        return answer;
    }

    /// <summary>The same for one service, each as a message of its own.</summary>
    public async Task<IReadOnlyList<ToAgent>> UnheardAsync(LiveMember member, CancellationToken cancellation)
    {
        var messages = new List<ToAgent>();
        if (Unheard.Assignment(member.State) && await AssignAsync(member, cancellation) is { } assign)
            messages.Add(new() { Assign = assign });

        if (Unheard.Prepare(member.State) && await PrepareAsync(member, cancellation) is { } prepare)
            messages.Add(new() { Prepare = prepare });

        return messages;
    }

    private async ValueTask<Assign?> AssignAsync(LiveMember member, CancellationToken cancellation)
    {
        var assigned = member.State.Assigned;
        if (assigned.Generation == 0)
            return null;

        var assign = new Assign { Service = member.Service.Value, Generation = assigned.Generation, Cause = assigned.Cause ?? "", RestartGeneration = assigned.RestartGeneration };
        if (assigned is not { Member: true, Release: { } release })
            return assign;

        assign.Release = await releases.FindAsync(member.Target, release, cancellation);
        if (assign.Release is not null)
            return assign;

        // Better to let it run what it has than to stop it because a version was deleted.
        LogNoRelease(member.Target, release.Version, member.Instance.Name);
        return null;
    }

    private async ValueTask<Prepare?> PrepareAsync(LiveMember member, CancellationToken cancellation) =>
        member.State.Wanted is { } wanted && await releases.FindAsync(member.Target, wanted.Release, cancellation) is { } release
            ? new() { Service = member.Service.Value, Release = release, Cause = wanted.Cause }
            : null;

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Target} {Version}, assigned to {Instance}, is not here any more; the instance keeps what it has.")]
    private partial void LogNoRelease(Contracts.Ids.TargetId target, Contracts.Ids.VersionName version, Contracts.Ids.InstanceName instance);
}
