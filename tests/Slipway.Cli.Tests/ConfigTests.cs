using Slipway.Cli.Tests.Fake;
using Xunit;

namespace Slipway.Cli.Tests;

public sealed class ConfigTests
{
    [Fact]
    public async Task A_new_revision_is_the_last_one_with_the_changes()
    {
        await using var server = await FakeServer.StartAsync();
        using var cli = new Cli(server) { Time = new FrozenTime(), Input = "s3cret\n" };

        await cli.RunAsync("config", "set", "checkout", "--in", "production", "A=1", "B=x=y", "--secret", "KEY=-");
        await cli.RunAsync("config", "set", "checkout", "--in", "production", "A=2", "--unset", "B");
        var shown = await cli.RunAsync("config", "show", "checkout", "--in", "production");

        Assert.Equal("x=y", server.Configuration[0].Values["B"]);
        Assert.DoesNotContain("s3cret", shown.Out, StringComparison.Ordinal);
        Snapshot.Matches(shown.ToString());
    }

    [Fact]
    public async Task Nothing_to_set_is_wrong_usage()
    {
        await using var server = await FakeServer.StartAsync();
        using var cli = new Cli(server);

        Assert.Equal(2, (await cli.RunAsync("config", "set", "checkout", "--in", "production")).ExitCode);
        Assert.Equal(2, (await cli.RunAsync("config", "set", "checkout", "--in", "production", "A")).ExitCode);
        Assert.Empty(server.Requests);
    }
}
