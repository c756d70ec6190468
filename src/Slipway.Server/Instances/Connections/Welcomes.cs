using Slipway.Contracts.Agent.V1;
using Slipway.Server.Instances.Live;
using Slipway.Server.Instances.Releases;

namespace Slipway.Server.Instances.Connections;

/// <summary>What should be, for one instance, as messages.</summary>
internal sealed partial class Welcomes(ReleaseFactory releases, TimeProvider time, ILogger<Welcomes> log)
{
    /// <summary>Slow: everything is pushed as it happens, this only finds what was lost.</summary>
    private const int HeartbeatInterval = 60_000;

    private static readonly string ServerVersion = typeof(Welcomes).Assembly.GetName().Version?.ToString(3) ?? "";

    public async Task<Welcome> WelcomeAsync(LiveInstance instance, CancellationToken cancellation)
    {
        var welcome = new Welcome { ServerVersion = ServerVersion, HeartbeatIntervalMs = HeartbeatInterval, Now = Now() };
        foreach (var member in instance.Members)
        {
            if (await AssignAsync(member, cancellation) is { } assign)
                welcome.Assignments.Add(assign);

            if (await PrepareAsync(member, cancellation) is { } prepare)
                welcome.Prepares.Add(prepare);
        }

        return welcome;
    }

    /// <summary>Those assignments of which the agent has not heard.</summary>
    public async Task<HeartbeatAnswer> AnswerAsync(LiveInstance instance, Heartbeat heartbeat, CancellationToken cancellation)
    {
        var answer = new HeartbeatAnswer { Now = Now() };
        foreach (var member in instance.Members)
        {
            var known = heartbeat.Services.FirstOrDefault(service => service.Service == member.Service.Value)?.Generation ?? 0;
            if (member.State.Assigned.Generation > known && await AssignAsync(member, cancellation) is { } assign)
                answer.Assignments.Add(assign);
        }

        return answer;
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
