using Slipway.Scenarios.Tests.Stack;

namespace Slipway.Scenarios.Tests.Transports;

/// <summary>
/// What every transport has to do, with the real server and real agents as processes. A class for each transport says how its fleet is set up; nothing
/// here knows which one it is.
/// </summary>
public abstract class TransportTests : IAsyncLifetime
{
    private Fleet? fleet;

    protected Fleet Fleet => fleet!;

    public virtual async ValueTask InitializeAsync()
    {
        fleet = await Fleet.StartAsync(await SettingsAsync());
        await Shop.DescribeAsync(fleet);
        await fleet.JoinAsync("dev", 2, Shop.Name);
        await Shop.PublishAsync(fleet, "1");
        await Shop.PublishAsync(fleet, "2");
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (fleet is not null)
            await fleet.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<FleetSettings> SettingsAsync();

    protected Task DeployAsync(string version) => Fleet.MustAsync("deploy", Shop.Name, version, "--to", "dev", "--wait");

    [Fact]
    public async Task A_version_is_prepared_activated_replaced_and_taken_back()
    {
        await DeployAsync("1");
        await Shop.RunsEverywhereAsync(Fleet, "1");
        await DeployAsync("2");
        await Shop.RunsEverywhereAsync(Fleet, "2");
        await Fleet.MustAsync("rollback", Shop.Name, "--in", "dev", "--wait");
        await Shop.RunsEverywhereAsync(Fleet, "1");
    }

    [Fact]
    public async Task A_version_that_does_not_run_reaches_one_instance_and_is_taken_back()
    {
        await DeployAsync("1");
        await Shop.PublishAsync(Fleet, "bad", "exit 3");
        var deployed = await Fleet.SlipwayAsync("deploy", Shop.Name, "bad", "--to", "dev", "--wait");
        Assert.Equal(1, deployed.ExitCode);
        Assert.Contains("exited with code 3", deployed.Story, StringComparison.Ordinal);
        await Shop.RunsEverywhereAsync(Fleet, "1");
        Assert.DoesNotContain("asks for bad", Fleet.Agents[1].Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_of_a_service_are_read_through_the_server()
    {
        await DeployAsync("1");
        var lines = await Fleet.MustAsync("logs", Shop.Name, "--in", "dev", "--instance", "dev-1");
        Assert.Contains("this is 1", lines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checks_ask_the_instances_what_they_have_printed_and_to_run_a_command()
    {
        await Shop.DescribeAsync(
            Fleet,
            "signals: { step: 1s }\nverdict: { enabled: false }\nchecks: [ { name: quiet, logs: { level: error, for: 1s }, interval: 1s }, { name: smoke, command: [ test, -x, ./run ], where: instances, interval: 1s } ]\n");
        await Shop.PublishAsync(Fleet, "checked");
        await DeployAsync("checked");

        await Shop.PublishAsync(Fleet, "loud", "echo ERROR no stock; exec sleep 3600");
        var deployed = await Fleet.SlipwayAsync("deploy", Shop.Name, "loud", "--to", "dev", "--wait");
        Assert.Equal(1, deployed.ExitCode);
        Assert.Contains("printed 1 error since it was changed", deployed.Story, StringComparison.Ordinal);
        await Shop.RunsEverywhereAsync(Fleet, "checked");
    }

    [Fact]
    public async Task A_service_is_restarted_and_its_version_stays()
    {
        await DeployAsync("1");
        var before = await Fleet.ServiceOnAsync(Fleet.Agents[0], Shop.Name);
        await Fleet.PostAsync($"instances/dev-1/services/{Shop.Name}/restart");
        await Patience.UntilAsync(
            "the service was started again",
            async () => await Fleet.ServiceOnAsync(Fleet.Agents[0], Shop.Name) is { State: "healthy" } now && now.Generation > before.Generation && now.Since > before.Since);
        await Shop.RunsEverywhereAsync(Fleet, "1");
    }

    [Fact]
    public async Task An_instance_that_joins_later_runs_what_its_peers_run()
    {
        await DeployAsync("1");
        await Fleet.JoinAsync("dev", 1, Shop.Name);
        await Shop.RunsOnAsync(Fleet, Fleet.Agents[2], "1");
    }

    [Fact]
    public async Task An_instance_that_is_off_during_a_whole_deployment_catches_up_when_it_returns()
    {
        await DeployAsync("1");
        await Fleet.Agents[1].KillAsync();
        await Patience.UntilAsync("the server misses it", async () => !(await Fleet.InstanceAsync("dev-2")).Connected, TimeSpan.FromSeconds(60));
        await DeployAsync("2");
        await Shop.RunsOnAsync(Fleet, Fleet.Agents[0], "2");
        await Fleet.Agents[1].StartAgainAsync();
        await Shop.RunsOnAsync(Fleet, Fleet.Agents[1], "2");
    }

    [Fact]
    public async Task An_agent_killed_in_the_middle_goes_on_when_it_is_back()
    {
        await Shop.PublishAsync(Fleet, "slow", "sleep 1; touch ready; exec sleep 3600");
        await Shop.DescribeAsync(Fleet, "stop: { grace: 200ms }\n");
        await DeployAsync("1");
        var deployment = Fleet.SlipwayAsync("deploy", Shop.Name, "slow", "--to", "dev", "--wait");
        await Patience.UntilAsync("the agent has begun", () => Task.FromResult(Fleet.Agents[0].Output.Contains("asks for slow", StringComparison.Ordinal)));
        await Fleet.Agents[0].KillAsync();
        await Fleet.Agents[0].StartAgainAsync();
        Assert.Equal(0, (await deployment).ExitCode);
        await Shop.RunsEverywhereAsync(Fleet, "slow");
    }

    [Fact]
    public async Task A_server_killed_in_the_middle_goes_on_when_it_is_back()
    {
        await DeployAsync("1");
        await Shop.PublishAsync(Fleet, "3");
        var id = (await Fleet.MustAsync("deploy", Shop.Name, "3", "--to", "dev", "--json")).Trim();
        await Fleet.Server.KillAsync();
        await Fleet.Server.StartAgainAsync();
        Assert.NotEmpty(id);
        await Shop.RunsEverywhereAsync(Fleet, "3");
        await Patience.UntilAsync("the deployment has ended", async () => (await Fleet.TargetAsync(Shop.Name, "dev")) is { RunningDeployment: null, Version.Value: "3" });
    }

    [Fact]
    public async Task A_service_given_to_an_instance_starts_and_one_that_is_taken_stops()
    {
        const string extra = "extra";
        await Shop.DescribeAsync(Fleet, name: extra);
        await Shop.PublishAsync(Fleet, "1", name: extra);
        await Fleet.PatchAsync("instances/dev-1", """{"services":["shop","extra"]}""");
        await Fleet.MustAsync("deploy", extra, "1", "--to", "dev", "--wait");
        await Shop.RunsOnAsync(Fleet, Fleet.Agents[0], "1", extra);

        // By now the agent filters for it.
        await Shop.PublishAsync(Fleet, "2", name: extra);
        await Fleet.MustAsync("deploy", extra, "2", "--to", "dev", "--wait");
        await Shop.RunsOnAsync(Fleet, Fleet.Agents[0], "2", extra);

        await Fleet.PatchAsync("instances/dev-1", """{"services":["shop"]}""");
        await Patience.UntilAsync("the service was stopped", () => Task.FromResult(Fleet.Agents[0].Output.Contains("extra: generation 3 asks for nothing", StringComparison.Ordinal)), evidence: () => Fleet.Agents[0].Output);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_for_a_while_loses_nothing()
    {
        await DeployAsync("1");
        Fleet.Line.Cut();
        await Patience.UntilAsync("the agents have noticed", () => Task.FromResult(Fleet.Agents.All(agent => agent.Output.Contains("trying again", StringComparison.Ordinal))), TimeSpan.FromSeconds(60));
        Fleet.Line.Mend();
        await Patience.UntilAsync("they are back", async () => (await Fleet.InstanceAsync("dev-1")).Connected && (await Fleet.InstanceAsync("dev-2")).Connected);
        await DeployAsync("2");
        await Shop.RunsEverywhereAsync(Fleet, "2");
    }

    [Fact]
    public async Task An_agent_that_leaves_is_an_instance_no_more()
    {
        await Fleet.Agents[1].StopAsync();
        Assert.Equal(0, (await Fleet.Agents[1].CommandAsync("leave")).ExitCode);
        Assert.DoesNotContain("dev-2", await Fleet.MustAsync("instances"), StringComparison.Ordinal);
        Assert.Equal(2, (await Fleet.Agents[1].CommandAsync("run")).ExitCode);
    }

    [Fact]
    public async Task The_doctor_finds_nothing_wrong()
    {
        var examined = await Fleet.Agents[0].CommandAsync("doctor");
        Assert.True(examined.ExitCode == 0, examined.Story);
        Assert.Contains("All is well.", examined.Output, StringComparison.Ordinal);
    }
}
