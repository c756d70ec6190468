using Slipway.Cli.Tests.Fake;
using Xunit;

namespace Slipway.Cli.Tests;

public sealed class LogsTests
{
    [Fact]
    public async Task Lines_of_several_instances_carry_their_name()
    {
        await using var server = await WithInstancesAsync();
        using var cli = new Cli(server);

        var run = await cli.RunAsync("logs", "checkout", "--in", "production");

        Assert.Equal(["web-1 │ a", "web-1 │ b", "web-2 │ c"], run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task One_instance_alone_is_its_output_as_it_is()
    {
        await using var server = await WithInstancesAsync();
        using var cli = new Cli(server);

        Assert.Equal("a\nb\n", (await cli.RunAsync("logs", "checkout", "--in", "production", "--instance", "web-1", "-n", "20")).Out);
        Assert.Contains(server.Requests, r => r.Contains("logs?lines=20&follow=false", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_instance_that_cannot_answer_does_not_hide_the_others()
    {
        await using var server = await WithInstancesAsync();
        server.Logs.Remove("web-2");
        using var cli = new Cli(server);

        var run = await cli.RunAsync("logs", "checkout", "--in", "production");

        Assert.Equal((0, "web-1 │ a\nweb-1 │ b\n"), (run.ExitCode, run.Out));
        Assert.Equal("web-2: The instance is not connected.\n", run.Error);
    }

    [Fact]
    public async Task Following_goes_on_until_it_is_interrupted()
    {
        await using var server = await WithInstancesAsync();
        using var cli = new Cli(server);
        using var interrupt = new CancellationTokenSource();

        var running = cli.RunAsync(interrupt.Token, "logs", "checkout", "--in", "production", "-f");
        await Until.TrueAsync(() => server.Requests.Count(r => r.Contains("follow=true", StringComparison.Ordinal)) == 2);
        await interrupt.CancelAsync();

        Assert.Equal(130, (await running).ExitCode);
    }

    [Fact]
    public async Task An_unknown_instance_is_refused_with_the_nearest_name()
    {
        await using var server = await WithInstancesAsync();
        using var cli = new Cli(server);

        var run = await cli.RunAsync("logs", "checkout", "--in", "production", "--instance", "web-3");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Did you mean web-1 or web-2?", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restart_of_one_instance_waits_until_it_is_healthy_again()
    {
        await using var server = await WithInstancesAsync();
        using var cli = new Cli(server);

        var run = await cli.RunAsync("restart", "checkout", "--in", "production", "--instance", "web-1");

        Assert.Equal("✓ web-1 restarted\n", run.Out);
        Assert.Equal(["POST /instances/web-1/services/checkout/restart", "GET /instances/web-1"], server.Requests.Skip(1));
    }

    private static async Task<FakeServer> WithInstancesAsync()
    {
        var server = await FakeServer.StartAsync();
        server.Instances.Add(Sample.Instance("web-2", "production", "checkout", "1.9"));
        server.Instances.Add(Sample.Instance("web-1", "production", "checkout", "1.9"));
        server.Logs["web-1"] = ["a", "b"];
        server.Logs["web-2"] = ["c"];
        return server;
    }
}
