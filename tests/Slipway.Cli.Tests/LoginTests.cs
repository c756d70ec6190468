using Slipway.Cli.Tests.Fake;
using Xunit;

namespace Slipway.Cli.Tests;

public sealed class LoginTests
{
    [Fact]
    public async Task Remembers_what_works_for_its_owner_only()
    {
        await using var server = await FakeServer.StartAsync();
        using var cli = new Cli() { Time = new FrozenTime() };

        var run = await cli.RunAsync("login", "--server", server.Address, "--token", FakeServer.Token);

        var path = Path.Combine(cli.Folder, ".config/slipway/config.json");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal(0, (await cli.RunAsync("environments")).ExitCode);
        Snapshot.Matches(run.ToString().Replace(server.Address, "http://SERVER", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Remembers_nothing_that_does_not_work()
    {
        await using var server = await FakeServer.StartAsync();
        using var cli = new Cli();

        var run = await cli.RunAsync("login", "--server", server.Address, "--token", "slp_wrong_secret");

        Assert.Equal(3, run.ExitCode);
        Assert.False(Directory.Exists(Path.Combine(cli.Folder, ".config")));
    }

    [Fact]
    public async Task Puts_the_file_where_xdg_says_and_reads_the_token_from_standard_input()
    {
        await using var server = await FakeServer.StartAsync();
        using var cli = new Cli { Input = FakeServer.Token + "\n" };
        cli.Variables["XDG_CONFIG_HOME"] = Path.Combine(cli.Folder, "xdg");

        await cli.RunAsync("login", "--server", server.Address, "--token", "-");

        Assert.True(File.Exists(Path.Combine(cli.Folder, "xdg/slipway/config.json")));
    }

    [Fact]
    public async Task A_remembered_token_goes_to_no_other_server()
    {
        await using var server = await FakeServer.StartAsync();
        await using var other = await FakeServer.StartAsync();
        using var cli = new Cli();
        await cli.RunAsync("login", "--server", server.Address, "--token", FakeServer.Token);

        var run = await cli.RunAsync("status", "--server", other.Address);

        Assert.Equal(3, run.ExitCode);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task A_file_without_a_certificate_is_no_ca()
    {
        using var cli = new Cli();
        cli.Write("ca.pem", "hello");

        var run = await cli.RunAsync("login", "--server", "https://127.0.0.1:1", "--token", "x", "--ca", "ca.pem");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("holds no certificate", run.Error, StringComparison.Ordinal);
    }
}
