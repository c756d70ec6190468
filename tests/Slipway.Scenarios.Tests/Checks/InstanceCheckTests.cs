using Slipway.Contracts;
using Slipway.Contracts.Deployments;
using Slipway.Scenarios.Tests.Stack;
using Slipway.Scenarios.Tests.Transports;

namespace Slipway.Scenarios.Tests.Checks;

/// <summary>Checks that real agents answer: lines they have counted, and commands they run beside the service.</summary>
public sealed class InstanceCheckTests : IAsyncLifetime
{
    private Fleet fleet = null!;

    public async ValueTask InitializeAsync()
    {
        fleet = await Fleet.StartAsync();
        await fleet.JoinAsync("dev", 3, Shop.Name);
    }

    public async ValueTask DisposeAsync() => await fleet.DisposeAsync();

    [Fact]
    public async Task Lines_that_must_not_come_take_the_deployment_back_after_its_first_batch()
    {
        const string check = "{ name: deadlocks, when: during, logs: { pattern: \"dead.?lock\", for: 3s }, interval: 1s";
        await DescribeAsync(check + ", dryRun: true }");
        await Shop.PublishAsync(fleet, "v0", "while :; do echo dead lock in orders; sleep 0.2; done");
        Assert.Equal(DeploymentStatus.Succeeded, (await DeployAsync("v0")).Status);

        // What v0 prints until it is stopped is not held against v1, which mends it.
        await DescribeAsync(check + " }");
        await Shop.PublishAsync(fleet, "v1", "while :; do echo all is well; sleep 0.2; done");
        var good = await DeployAsync("v1");
        Assert.Equal(DeploymentStatus.Succeeded, good.Status);
        Assert.StartsWith("no lines with \"dead.?lock\" on ", good.Stages.First(stage => stage.Kind == "declaredCheck").Note, StringComparison.Ordinal);

        // What v1 prints when it is stopped is not v2's.
        await Shop.PublishAsync(fleet, "v1.1", "trap 'echo ERROR deadlock; exit 0' TERM; while :; do sleep 0.2; done");
        Assert.Equal(DeploymentStatus.Succeeded, (await DeployAsync("v1.1")).Status);
        await Shop.PublishAsync(fleet, "v1.2", "while :; do echo all is well; sleep 0.2; done");
        Assert.Equal(DeploymentStatus.Succeeded, (await DeployAsync("v1.2")).Status);

        await Shop.PublishAsync(fleet, "v2", "while :; do echo dead lock in orders; sleep 0.2; done");
        var bad = await DeployAsync("v2");
        Assert.Equal((DeploymentStatus.RolledBack, "check_failed"), (bad.Status, bad.Failure?.Code));
        Assert.Matches("^[a-z0-9-]+ printed [0-9]+ lines? with \"dead.\\?lock\" since it was changed, none is allowed.$", bad.Failure!.Reason);
        Assert.Contains("dead lock in orders", bad.Failure.Evidence);
        Assert.NotNull(bad.Failure.Instance);
        await Shop.RunsEverywhereAsync(fleet, "v1.2");
    }

    [Fact]
    public async Task A_command_runs_on_every_changed_instance_and_one_that_fails_takes_the_deployment_back()
    {
        await DescribeAsync("{ name: smoke, when: during, command: [ ./run, smoke ], where: instances, interval: 1s }");
        await Shop.PublishAsync(fleet, "v1", "[ \"$1\" = smoke ] && exit 0; exec sleep 3600");
        var good = await DeployAsync("v1");
        Assert.Equal(DeploymentStatus.Succeeded, good.Status);
        Assert.Equal("./run ended with 0 on 3 instances", good.Stages.Last(stage => stage.Kind == "declaredCheck").Note);

        await Shop.PublishAsync(fleet, "v2", "[ \"$1\" = smoke ] && { echo no stock; exit 3; }; exec sleep 3600");
        var bad = await DeployAsync("v2");
        Assert.Equal((DeploymentStatus.RolledBack, "check_failed"), (bad.Status, bad.Failure?.Code));
        Assert.Matches("^./run ended with 3 on [a-z0-9-]+, expected 0: no stock.$", bad.Failure!.Reason);
        await Shop.RunsEverywhereAsync(fleet, "v1");
    }

    private Task DescribeAsync(string check) => Shop.DescribeAsync(
        fleet, $"signals: {{ step: 1s }}\nverdict: {{ enabled: false }}\nchecks: [ {check} ]\nstrategy: {{ canary: {{ steps: [ {{ instances: 1 }} ], batch: 2 }} }}\n");

    private async Task<Deployment> DeployAsync(string version)
    {
        await fleet.SlipwayAsync("deploy", Shop.Name, version, "--to", "dev", "--wait");
        var page = await fleet.GetAsync($"deployments?service={Shop.Name}&limit=1", ContractsJson.Default.PageDeployment);
        return await fleet.GetAsync($"deployments/{page.Items[0].Id}", ContractsJson.Default.Deployment);
    }
}
