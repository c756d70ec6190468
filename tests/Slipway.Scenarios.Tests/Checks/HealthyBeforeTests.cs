using System.Diagnostics;
using System.Globalization;
using Slipway.Contracts;
using Slipway.Contracts.Deployments;
using Slipway.Scenarios.Tests.Stack;
using Slipway.Scenarios.Tests.Transports;

namespace Slipway.Scenarios.Tests.Checks;

/// <summary>Production takes only what staging has run healthily for a while, by what real agents say of real processes.</summary>
public sealed class HealthyBeforeTests : IAsyncLifetime
{
    private const string Run = "echo $$ > pid\nexec sleep 3600";
    private static readonly TimeSpan Asked = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);

    private Fleet fleet = null!;

    public async ValueTask InitializeAsync()
    {
        fleet = await Fleet.StartAsync();
        await fleet.JoinAsync("staging", 2, Shop.Name);
        await fleet.JoinAsync("production", 1, Shop.Name);
        await Shop.DescribeAsync(fleet, "verdict: { enabled: false }\nenvironments: { production: { checks: [ { name: soaked, when: before, healthy: { in: staging, for: 15s }, interval: 1s, timeout: 1m } ] } }\n");
    }

    public async ValueTask DisposeAsync() => await fleet.DisposeAsync();

    [Fact]
    public async Task The_time_before_counts_and_a_crash_there_begins_it_anew_but_no_death_of_an_agent_or_of_the_server()
    {
        await ToStagingAsync("v1");
        await IsHealthyForAsync(Asked);
        Assert.Equal(["try 1"], (await ToProductionAsync("v1")).Steps.Select(step => step.Name));

        await ToStagingAsync("v2");
        var before = await SinceAsync(fleet.Agents[1]);
        await fleet.Agents[1].KillAsync();
        await fleet.Agents[1].StartAgainAsync();
        await fleet.Server.KillAsync();
        await fleet.Server.StartAgainAsync();
        foreach (var agent in fleet.Agents)
            await Patience.UntilAsync($"{agent.Name} is back", async () => (await fleet.InstanceAsync(agent.Name)).Connected, Long, () => agent.Output);

        await Shop.RunsOnAsync(fleet, fleet.Agents[1], "v2");

        await CrashAsync(fleet.Agents[0], "v2");
        var check = await ToProductionAsync("v2");
        Assert.Equal(before, await SinceAsync(fleet.Agents[1]));
        var healthy = check.FinishedAt - await SinceAsync(fleet.Agents[0]);
        Assert.True(healthy >= Asked, $"{healthy}");
        Assert.Contains(check.Steps, step => step.Note?.EndsWith("when staging-1 became healthy (started again once since it was deployed)", StringComparison.Ordinal) == true);

        var old = await fleet.SlipwayAsync("deploy", Shop.Name, "v1", "--to", "production", "--wait");
        Assert.Equal(1, old.ExitCode);
        Assert.Contains("v2 stands in staging, and not v1", old.Story, StringComparison.Ordinal);
    }

    private Task ToStagingAsync(string version) => DeployAsync(version, "staging");

    private async Task<StageProgress> ToProductionAsync(string version) => (await DeployAsync(version, "production")).Stages.Single(stage => stage.Name == "check-soaked");

    private async Task<Deployment> DeployAsync(string version, string environment)
    {
        if (environment == "staging")
            await Shop.PublishAsync(fleet, version, Run);

        await fleet.MustAsync("deploy", Shop.Name, version, "--to", environment, "--wait");
        return (await fleet.GetAsync($"deployments?service={Shop.Name}&environment={environment}&limit=1", ContractsJson.Default.PageDeployment)).Items[0];
    }

    private async Task<DateTimeOffset> SinceAsync(AgentProcess agent) => (await fleet.ServiceOnAsync(agent, Shop.Name)).Since!.Value;

    private async Task IsHealthyForAsync(TimeSpan time)
    {
        var since = (await fleet.TargetAsync(Shop.Name, "staging")).DeployedAt!.Value;
        await Patience.UntilAsync($"staging has been healthy for {time}", () => Task.FromResult(DateTimeOffset.UtcNow - since > time), Long);
    }

    private async Task CrashAsync(AgentProcess agent, string version)
    {
        var file = Directory.EnumerateFiles(Path.Combine(fleet.Folder, agent.Name), "pid", SearchOption.AllDirectories).Single(path => path.Contains(version, StringComparison.Ordinal));
        using (var process = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(file), CultureInfo.InvariantCulture)))
            process.Kill();

        await Patience.UntilAsync(
            $"{agent.Name} has started it again",
            async () => await fleet.ServiceOnAsync(agent, Shop.Name) is { State: "healthy", Restarts: 1 },
            Long,
            () => fleet.Server.Output + agent.Output);
    }
}
