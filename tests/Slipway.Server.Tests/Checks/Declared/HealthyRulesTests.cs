using Microsoft.Extensions.Time.Testing;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Contracts.Targets;
using Slipway.DeploymentTypes.Trigger;
using Slipway.Server.Checks.Declared;
using Slipway.Server.Checks.Declared.Healthy;
using static Slipway.Server.Tests.Deployments.Some;

namespace Slipway.Server.Tests.Checks.Declared;

/// <summary>An hour of health in staging, in milliseconds. 2.0 was deployed there at noon to web-1 and web-2.</summary>
public sealed class HealthyRulesTests
{
    private static readonly HealthyCheck Check = new() { In = EnvironmentName.Parse("staging"), For = Duration.FromMinutes(60) };
    private static readonly DeploymentId Deployed = DeploymentId.Parse("d-0123456789");
    private static readonly VersionName Wanted = VersionName.Parse("2.0");

    private readonly FakeTimeProvider time = new(Noon);
    private Standing standing = new()
    {
        Version = Wanted,
        DeployedAt = Noon,
        Last = (Deployed, DeploymentStatus.Succeeded, Noon),
        Instances = [Web("web-1", Noon), Web("web-2", Noon)],
    };

    [Fact]
    public void The_hour_counts_from_the_end_of_the_deployment()
    {
        time.Advance(TimeSpan.FromMinutes(59.99));
        Waits("Healthy in staging for 59 min 59 s, 1 h asked for: since 12:00 UTC, when it was deployed there");
        time.Advance(TimeSpan.FromMinutes(0.01));
        Passes("Healthy in staging for 1 h");
        time.Advance(TimeSpan.FromHours(26));
        Passes("Healthy in staging for 1 d 3 h");
    }

    [Theory]
    [InlineData(0, "when web-2 became healthy")]
    [InlineData(1, "when web-2 became healthy (started again once since it was deployed)")]
    [InlineData(3, "when web-2 became healthy (started again 3 times since it was deployed)")]
    public void Trouble_of_one_instance_begins_it_anew(int restarts, string when)
    {
        standing = standing with { Instances = [Web("web-1", Noon), Web("web-2", Noon.AddMinutes(65), restarts)] };
        time.Advance(TimeSpan.FromMinutes(77));
        Waits($"Healthy in staging for 12 min, 1 h asked for: since 13:05 UTC, {when}");
        time.Advance(TimeSpan.FromMinutes(48));
        Passes("Healthy in staging for 1 h");
    }

    [Theory]
    [InlineData(DeploymentStatus.Succeeded)]
    [InlineData(DeploymentStatus.RolledBack)]
    [InlineData(DeploymentStatus.Cancelled)]
    [InlineData(DeploymentStatus.Failed)]
    public void Another_deployment_or_a_restart_begins_it_anew_however_it_ended(DeploymentStatus status)
    {
        var other = DeploymentId.Parse("d-9876543210");
        standing = standing with { Last = (other, status, Noon.AddHours(2)) };
        time.Advance(TimeSpan.FromMinutes(150));
        Waits("Healthy in staging for 30 min, 1 h asked for: since 14:00 UTC, when d-9876543210 ended there");
        time.Advance(TimeSpan.FromMinutes(30));
        Passes("Healthy in staging for 1 h");
    }

    [Fact]
    public void Nothing_passes_while_an_instance_is_in_trouble_away_or_another_version()
    {
        time.Advance(TimeSpan.FromHours(5));
        WaitsWith(Web("web-2", Noon) with { Reported = Said(Noon, ServiceState.Unhealthy, "The service exited with code 3.") }, "web-2 is unhealthy (The service exited with code 3)");
        WaitsWith(Web("web-2", Noon) with { Connected = false }, "web-2 is away, and not known until it is back");
        WaitsWith(Web("web-2", Noon) with { AssignedGeneration = 2 }, "web-2 is being changed");
        WaitsWith(Web("web-2", Noon) with { Assigned = Release("1.0") }, "web-2 is to run 1.0");
        WaitsWith(Web("web-2", Noon) with { Assigned = null }, "web-2 has nothing to run yet");
        WaitsWith(Web("web-2", Noon) with { Reported = null, AssignedGeneration = 0 }, "web-2 is being changed");
        standing = standing with { Instances = [] };
        Waits("Not healthy in staging: there are no instances");
    }

    [Fact]
    public void An_instance_whose_clock_is_ahead_or_that_says_no_time_waits()
    {
        time.Advance(TimeSpan.FromHours(5));
        standing = standing with { Instances = [Web("web-1", Noon), Web("web-2", Noon.AddHours(6))] };
        Waits("Healthy in staging for 0 s, 1 h asked for");
        standing = standing with { Instances = [Web("web-1", Noon), Web("web-2", DateTimeOffset.UnixEpoch)] };
        Waits("Healthy in staging for 0 s, 1 h asked for");
    }

    [Fact]
    public void What_no_time_could_change_fails_at_once()
    {
        time.Advance(TimeSpan.FromHours(5));
        Fails("The service has no environment staging", null);
        Fails("1.9 stands in staging, and not 2.0", standing with { Version = VersionName.Parse("1.9") });
        Fails("1.9 stands in staging, and not 2.0", standing with { Version = VersionName.Parse("1.9"), Running = (Deployed, VersionName.Parse("2.1")) });
        Fails("Nothing has been deployed to staging", standing with { Version = null });
        Fails("2.0 is on the list of bad versions: rolled back in qa", standing with { BadBecause = "rolled back in qa" });
        Fails("2.0 is not healthy in staging: It answers slower", standing with { Failing = "It answers slower." });
    }

    [Fact]
    public void While_it_is_being_deployed_there_or_something_over_it_it_waits()
    {
        time.Advance(TimeSpan.FromHours(5));
        standing = standing with { Running = (Deployed, VersionName.Parse("2.1")) };
        Waits("d-0123456789 is still bringing 2.1 to staging");
        standing = standing with { Version = VersionName.Parse("1.9"), Running = (Deployed, Wanted) };
        Waits("d-0123456789 is still bringing 2.0 to staging");
    }

    [Fact]
    public void Where_another_system_runs_the_instances_the_time_since_its_deployment_counts()
    {
        standing = standing with { Instances = null };
        time.Advance(TimeSpan.FromMinutes(30));
        Waits("Healthy in staging for 30 min, 1 h asked for: since 12:00 UTC");
        time.Advance(TimeSpan.FromMinutes(30));
        Passes("Healthy in staging for 1 h");
        standing = standing with { Last = (Deployed, DeploymentStatus.Failed, Noon) };
        Waits("Not healthy in staging: d-0123456789 failed there, and what it has left is not known");
    }

    [Fact]
    public void And_where_they_are_seen_the_time_since_none_was_down()
    {
        standing = standing with { Instances = null, Groups = new() { HealthySince = Noon.AddMinutes(20), Groups = [Group("shop-v2", "2.0", down: 0)] } };
        time.Advance(TimeSpan.FromMinutes(70));
        Waits("Healthy in staging for 50 min, 1 h asked for: since 12:20 UTC, when its instances were first seen healthy");
        time.Advance(TimeSpan.FromMinutes(10));
        Passes("Healthy in staging for 1 h");
        time.Advance(TimeSpan.FromHours(5));
        WaitsWith(Group("shop-v2", "2.0", down: 2), "2 instances are down");
        WaitsWith(Group("shop-v2", "1.9", down: 0), "shop-v2 serves 1.9");
        WaitsWith(Group("shop-v2", "2.0", down: 0) with { Serving = false }, "nothing serves");
        standing = standing with { Groups = standing.Groups with { Trouble = "Spinnaker does not answer." } };
        Waits("Not healthy in staging: it could not be looked at (Spinnaker does not answer)");
    }

    private void Passes(string says) => Assert.Equal(says, Assert.IsType<Finding.Pass>(Judge(standing)).Said);

    private void Waits(string says) => Assert.StartsWith(says, Assert.IsType<Finding.Inconclusive>(Judge(standing)).Said, StringComparison.Ordinal);

    private void WaitsWith(FleetStatus second, string trouble)
    {
        standing = standing with { Instances = [Web("web-1", Noon), second] };
        Waits("Not healthy in staging: " + trouble);
    }

    private void WaitsWith(InstanceGroup group, string trouble)
    {
        standing = standing with { Groups = standing.Groups! with { Groups = [group] } };
        Waits("Not healthy in staging: " + trouble);
    }

    private void Fails(string says, Standing? found)
    {
        var fail = Assert.IsType<Finding.Fail>(Judge(found));
        Assert.Equal((says, true), (fail.Said, fail.ForGood));
    }

    private Finding Judge(Standing? found) => HealthyRules.Judge(Check, Wanted, found, time.GetUtcNow());

    private static FleetStatus Web(string name, DateTimeOffset since, int restarts = 0) => new()
    {
        Instance = InstanceName.Parse(name),
        Connected = true,
        Assigned = Release("2.0"),
        AssignedGeneration = 1,
        Reported = Said(since, ServiceState.Healthy, "", restarts),
    };

    private static ServiceStatus Said(DateTimeOffset since, ServiceState state, string reason, int restarts = 0) => new()
    {
        Generation = 1,
        State = state,
        Version = "2.0",
        RunningVersion = "2.0",
        Reason = reason,
        Restarts = restarts,
        Since = since.ToUnixTimeMilliseconds(),
    };

    private static InstanceGroup Group(string name, string version, int down) => new()
    {
        Name = name,
        Location = "eu",
        Version = version,
        Serving = true,
        Capacity = new(3, 3, 3),
        Health = new(3, 3 - down, down, 0, 0, 0),
    };
}
