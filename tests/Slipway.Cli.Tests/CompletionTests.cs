using Slipway.Cli.Tests.Fake;
using Xunit;

namespace Slipway.Cli.Tests;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("slipway depl", "deploy deployments")]
    [InlineData("slipway status ch", "checkout")]
    [InlineData("slipway deploy ", "checkout search")]
    [InlineData("slipway deploy checkout --to ", "production staging")]
    [InlineData("slipway deploy checkout --strategy ", "all-at-once canary highlander red-black rolling")]
    [InlineData("slipway deploy checkout --strategy r", "red-black rolling")]
    [InlineData("slipway connections te", "test")]
    [InlineData("slipway deploy checkout --no", "--no-color --no-rollback")]
    [InlineData("slipway tokens create ci --scope ", "admin deploy publish read")]
    [InlineData("slipway completion ", "bash fish zsh")]
    public async Task What_fits_is_offered(string line, string offered) => Assert.Equal(offered, await CompleteAsync(line));

    [Theory]
    [InlineData("slipway rollback checkout ", "--in")]
    [InlineData("slipway promote checkout --from staging ", "--to")]
    public async Task Where_only_a_required_option_is_missing_it_is_offered(string line, string offered) => Assert.Equal(offered, await CompleteAsync(line));

    [Theory]
    [InlineData("slipway publish checkout 1.0 ")]
    [InlineData("slipway apply -f ")]
    public async Task Where_a_path_belongs_nothing_is_offered_and_the_shell_offers_files(string line) => Assert.Equal("", await CompleteAsync(line));

    [Fact]
    public async Task What_stands_behind_the_cursor_does_not_matter() => Assert.Equal("checkout", await CompleteAsync("slipway status ch --json", "slipway status ch".Length));

    private static async Task<string> CompleteAsync(string line, int? cursor = null)
    {
        await using var server = await FakeServer.StartAsync();
        server.Services.Add(Sample.Service("checkout"));
        server.Services.Add(Sample.Service("search"));
        server.Environments.Add(Sample.Environment("staging", 0));
        server.Environments.Add(Sample.Environment("production", 1));
        using var cli = new Cli(server);

        var run = await cli.RunAsync($"[suggest:{cursor ?? line.Length}]", line);

        Assert.Equal(0, run.ExitCode);
        return string.Join(' ', run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
