using Slipway.Cli.Tests.Fake;
using Xunit;

namespace Slipway.Cli.Tests;

public sealed class ConfirmationTests : IAsyncLifetime
{
    private FakeServer server = null!;
    private Cli cli = null!;

    public async ValueTask InitializeAsync()
    {
        server = await FakeServer.StartAsync();
        server.Next = Stories.Succeeds;
        server.Environments.AddRange([Sample.Environment("staging", 1), Sample.Environment("production", 2) with { Confirm = true }]);
        server.Targets.Add(Sample.Target("checkout", "staging", "2.0", 3, 3, TimeSpan.FromDays(2)));
        cli = new Cli(server) { HasPerson = true };
    }

    public async ValueTask DisposeAsync()
    {
        cli.Dispose();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData("deploy", "checkout", "2.0", "--to", "production")]
    [InlineData("promote", "checkout", "--from", "staging", "--to", "production")]
    public async Task Whoever_types_the_services_name_deploys(params string[] command)
    {
        cli.Input = "checkout\n";
        var run = await cli.RunAsync(command);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("This deploys to production. Type the service's name to go on: ", run.Error, StringComparison.Ordinal);
        Assert.Single(server.Deployments);
    }

    [Theory]
    [InlineData("y\n")]
    [InlineData("\n")]
    [InlineData("")]
    [InlineData("checkout-2\n")]
    public async Task Whoever_types_something_else_does_not(string input)
    {
        cli.Input = input;
        var run = await cli.RunAsync("deploy", "checkout", "2.0", "--to", "production");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("Nothing was deployed", run.Error, StringComparison.Ordinal);
        Assert.Empty(server.Deployments);
    }

    [Theory]
    [InlineData("deploy", "checkout", "2.0", "--to", "production", "--yes")]
    [InlineData("deploy", "checkout", "2.0", "--to", "staging")]
    [InlineData("deploy", "checkout", "2.0", "--to", "production", "--dry-run")]
    [InlineData("rollback", "checkout", "--in", "production")]
    public async Task Nobody_is_asked(params string[] command)
    {
        var run = await cli.RunAsync(command);
        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("Type the service's name", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_is_not_asked()
    {
        cli.HasPerson = false;
        Assert.Equal(0, (await cli.RunAsync("deploy", "checkout", "2.0", "--to", "production")).ExitCode);
        Assert.Single(server.Deployments);
    }

    [Theory]
    [InlineData(true, "--confirm")]
    [InlineData(true, "--confirm", "true")]
    [InlineData(false, "--confirm", "false")]
    public async Task An_environment_is_told_to_ask_or_not(bool asks, params string[] options)
    {
        var run = await cli.RunAsync(["environments", "create", "production", "--json", .. options]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"\"confirm\":{(asks ? "true" : "false")}", run.Out, StringComparison.Ordinal);
    }
}
