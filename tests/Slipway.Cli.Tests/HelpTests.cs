using Slipway.Cli.Running;
using Slipway.Cli.Tests.Fake;
using Xunit;

namespace Slipway.Cli.Tests;

public sealed class HelpTests
{
    [Fact]
    public async Task Help_shows_every_command_in_80_columns()
    {
        using var cli = new Cli();

        var run = await cli.RunAsync("--help");

        Assert.All(run.Out.Split('\n'), line => Assert.True(line.Length <= 90, line));
        Snapshot.Matches(run.ToString());
    }

    [Fact]
    public async Task Help_of_a_command()
    {
        using var cli = new Cli();

        Snapshot.Matches((await cli.RunAsync("deploy", "--help")).ToString());
    }

    [Fact]
    public async Task Every_command_explains_itself_and_its_name_is_what_the_catalogue_says()
    {
        using var cli = new Cli();
        using var nowhere = new StringWriter();

        foreach (var entry in Catalog.Commands)
        {
            Assert.Equal(entry.Name, entry.Create(cli.Surroundings(nowhere, nowhere)).Name);
            var run = await cli.RunAsync(entry.Name, "--help");
            Assert.Equal(0, run.ExitCode);
            Assert.Contains("slipway " + entry.Name, run.Out, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Help_names_arguments_and_asks_no_server()
    {
        await using var server = await FakeServer.StartAsync();
        server.Services.Add(Sample.Service("checkout"));
        using var cli = new Cli(server);

        foreach (var entry in Catalog.Commands)
            Assert.DoesNotContain("checkout", (await cli.RunAsync(entry.Name, "--help")).Out, StringComparison.Ordinal);

        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task Completion_scripts_are_printed(string shell)
    {
        using var cli = new Cli();

        var run = await cli.RunAsync("completion", shell);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("[suggest:", run.Out, StringComparison.Ordinal);
    }
}
