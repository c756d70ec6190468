namespace Slipway.Scenarios.Tests.Transports;

/// <summary>One target whose first instance listens to a queue, and whose second holds a connection.</summary>
public sealed class MixedTransportTests : AwsTests
{
    [Fact]
    public async Task One_target_is_deployed_to_over_both_at_once_and_taken_back()
    {
        await using var fleet = await StartAsync(name => name == "dev-2" ? "direct" : "aws");
        await DeployAsync(fleet, "1");
        await Shop.PublishAsync(fleet, "bad", "exit 3");
        Assert.Equal(1, (await fleet.SlipwayAsync("deploy", Shop.Name, "bad", "--to", "dev", "--wait")).ExitCode);
        await DeployAsync(fleet, "2");
        await Shop.RunsEverywhereAsync(fleet, "2");
        Assert.Equal(("aws", "direct"), ((await fleet.InstanceAsync("dev-1")).Transport, (await fleet.InstanceAsync("dev-2")).Transport));
    }
}
