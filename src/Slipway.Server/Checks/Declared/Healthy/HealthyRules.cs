using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Contracts.Targets;
using Slipway.DeploymentTypes.Trigger;
using Slipway.Server.Instances;
using Slipway.Server.Targets.Observing;

namespace Slipway.Server.Checks.Declared.Healthy;

/// <summary>What stands in an environment -> whether a version has been healthy there for long enough. Pure.</summary>
internal static class HealthyRules
{
    /// <summary>What an agent may say; anything else is no time.</summary>
    private const long LatestTime = 253_402_300_800_000;

    public static Finding Judge(HealthyCheck check, VersionName wanted, Standing? standing, DateTimeOffset now)
    {
        if (standing is null)
            return Never($"The service has no environment {check.In}");

        if (standing.BadBecause is { } because)
            return Never($"{wanted} is on the list of bad versions: {Told.Short(because)}");

        if (standing.Running is { } running && (running.Version == wanted || standing.Version == wanted))
            return new Finding.Inconclusive($"{running.Id} is still bringing {running.Version} to {check.In}");

        if (standing.Version != wanted)
            return Never(standing.Version is { } other ? $"{other} stands in {check.In}, and not {wanted}" : $"Nothing has been deployed to {check.In}");

        if (standing.Failing is { } verdict)
            return Never($"{wanted} is not healthy in {check.In}: {Told.Short(verdict).TrimEnd('.')}");

        return Trouble(standing, wanted) is { } trouble ? new Finding.Inconclusive($"Not healthy in {check.In}: {trouble}") : Count(check, standing, now);
    }

    private static Finding.Fail Never(string said) => new(said, ForGood: true);

    private static Finding Count(HealthyCheck check, Standing standing, DateTimeOffset now)
    {
        var (since, what) = Since(standing, now).MaxBy(one => one.At);
        var healthy = now > since ? now - since : TimeSpan.Zero;
        return healthy >= check.For.Time
            ? new Finding.Pass($"Healthy in {check.In} for {HealthyWords.Length(healthy)}")
            : new Finding.Inconclusive($"Healthy in {check.In} for {HealthyWords.Length(healthy)}, {HealthyWords.Length(check.For.Time)} asked for: since {HealthyWords.Time(since, now)}, when {what}");
    }

    /// <summary>What is not as it should be at this moment, in words. Null: nothing.</summary>
    private static string? Trouble(Standing standing, VersionName wanted) => standing switch
    {
        { Instances: [] } => "there are no instances",
        { Instances: { } instances } => instances.Select(instance => Trouble(instance, wanted)).FirstOrDefault(trouble => trouble is not null),
        { Last: { Status: DeploymentStatus.Failed } last } => $"{last.Id} failed there, and what it has left is not known; deploy there again",
        { Groups: { } groups } => Trouble(groups, wanted),
        _ => null,
    };

    private static string? Trouble(FleetStatus status, VersionName wanted) => status switch
    {
        // It may have been in trouble meanwhile, and says so when it returns.
        { Connected: false } => $"{status.Instance} is away, and not known until it is back",
        { Assigned: null } => $"{status.Instance} has nothing to run yet",
        { Assigned.Version: var version } when version != wanted => $"{status.Instance} is to run {version}",
        { IsCurrent: false } => $"{status.Instance} is being changed",
        { Reported: { State: ServiceState.Healthy } reported } when reported.RunningVersion == wanted.Value => null,
        { Reported: { Reason.Length: > 0 } reported } => $"{status.Instance} is {StateName(reported)} ({Told.Short(reported.Reason).TrimEnd('.')})",
        { Reported: { } reported } => $"{status.Instance} is {StateName(reported)}",
        _ => $"{status.Instance} has said nothing yet",
    };

    private static string StateName(ServiceStatus status) => StateNames.Of(status.State);

    private static string? Trouble(InstanceGroups groups, VersionName wanted)
    {
        if (groups.Trouble is { } trouble)
            return $"it could not be looked at ({Told.Short(trouble).TrimEnd('.')})";

        if (groups.Groups.FirstOrDefault(group => group.Serving && group.Version is { } version && version != wanted.Value) is { } other)
            return $"{other.Name} serves {other.Version}";

        return GroupCounts.Of(groups) switch
        {
            { Unhealthy: 1 } => "an instance is down",
            { Unhealthy: > 1 and var down } => $"{down} instances are down",
            _ when !GroupCounts.AreHealthy(groups) => "nothing serves",
            _ => null,
        };
    }

    /// <summary>Everything that has begun the time anew.</summary>
    private static IEnumerable<(DateTimeOffset At, string What)> Since(Standing standing, DateTimeOffset now)
    {
        yield return (standing.DeployedAt ?? now, "it was deployed there");

        // A moment after the row above was written, or a restart, or something else that was tried there.
        if (standing.Last is { } last)
            yield return (last.At, $"{last.Id} ended there");

        foreach (var status in standing.Instances ?? [])
            yield return (TimeOf(status.Reported!.Since) ?? now, $"{status.Instance} became healthy{Again(status.Reported.Restarts)}");

        if (standing is { Instances: null, Groups.HealthySince: { } seen })
            yield return (seen, "its instances were first seen healthy");
    }

    private static DateTimeOffset? TimeOf(long since) => since is > 0 and < LatestTime ? DateTimeOffset.FromUnixTimeMilliseconds(since) : null;

    private static string Again(int restarts) => restarts switch
    {
        <= 0 => "",
        1 => " (started again once since it was deployed)",
        _ => $" (started again {restarts} times since it was deployed)",
    };
}
