using Slipway.Cli.Tests.Fake;
using Xunit;

namespace Slipway.Cli.Tests;

public sealed class ApplyTests
{
    private const string Yaml = "service: checkout\nrun: ./checkout --port ${PORT}\nhealth: { htp: /healthz }\n";

    [Fact]
    public async Task Sends_the_file_as_it_is_and_tells_what_changed()
    {
        await using var server = await FakeServer.StartAsync();
        using var cli = new Cli(server);
        cli.Write("slipway.yaml", Yaml);

        Snapshot.Matches((await cli.RunAsync("apply", "-f", "slipway.yaml")).ToString());
    }

    [Fact]
    public async Task The_text_arrives_byte_for_byte_with_its_type()
    {
        string? arrived = null, type = null;
        await using var server = await FakeServer.StartAsync();
        server.OnApply = (context, text) =>
        {
            (arrived, type) = (text, context.Request.ContentType);
            return FakeServer.ProblemAsync(context, 400, "yaml_invalid", "no");
        };
        using var cli = new Cli(server) { Input = Yaml };

        await cli.RunAsync("apply", "-f", "-");

        Assert.Equal((Yaml, "application/yaml"), (arrived, type));
    }

    [Fact]
    public async Task An_error_shows_the_place_and_the_line()
    {
        await using var server = await FakeServer.StartAsync();
        server.OnApply = (context, _) => FakeServer.ProblemAsync(context, 400, "yaml_invalid", "The file is wrong.", new()
        {
            ["line 3, column 11"] = ["health has no field \"htp\". Did you mean http?"],
            ["team"] = ["A team is at most 100 characters."],
        });
        using var cli = new Cli(server);
        cli.Write("slipway.yaml", Yaml);

        Snapshot.Matches((await cli.RunAsync("apply")).ToString());
    }

    [Fact]
    public async Task A_dry_run_asks_for_one()
    {
        await using var server = await FakeServer.StartAsync();
        using var cli = new Cli(server);
        cli.Write("slipway.yaml", Yaml);

        var run = await cli.RunAsync("apply", "--dry-run");

        Assert.Equal(["POST /services?dryRun=true"], server.Requests);
        Assert.Contains("would be created", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_wrong_input()
    {
        using var cli = new Cli();
        cli.Variables["SLIPWAY_TOKEN"] = "x";

        Assert.Equal(2, (await cli.RunAsync("apply")).ExitCode);
    }
}
