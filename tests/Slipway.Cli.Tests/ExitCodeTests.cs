using Slipway.Cli.Tests.Fake;
using Xunit;

namespace Slipway.Cli.Tests;

public sealed class ExitCodeTests
{
    [Theory]
    [InlineData(400, 2)]
    [InlineData(401, 3)]
    [InlineData(403, 3)]
    [InlineData(404, 2)]
    [InlineData(409, 3)]
    [InlineData(413, 2)]
    [InlineData(422, 2)]
    [InlineData(423, 3)]
    [InlineData(429, 3)]
    [InlineData(500, 4)]
    public async Task A_refusal_has_its_exit_code_and_its_sentence(int status, int exit)
    {
        await using var server = await FakeServer.StartAsync();
        server.Refuse(status, status, status, status, status);
        using var cli = new Cli(server);

        var run = await cli.RunAsync("deployments");

        Assert.Equal(exit, run.ExitCode);
        Assert.StartsWith($"error: The fake was told to answer {status}.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_4()
    {
        var server = await FakeServer.StartAsync();
        using var cli = new Cli(server);
        var address = server.Address;
        await server.StopAsync();

        var run = await cli.RunAsync("status");

        Snapshot.Matches(run.ToString().Replace(address, "http://SERVER", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_moment_of_unavailability_goes_by_unnoticed()
    {
        await using var server = await FakeServer.StartAsync();
        server.Refuse(503, 502);
        using var cli = new Cli(server);

        Assert.Equal(0, (await cli.RunAsync("environments")).ExitCode);
    }

    [Fact]
    public async Task A_repeated_create_keeps_its_idempotency_key_and_another_one_has_its_own()
    {
        await using var server = await FakeServer.StartAsync();
        server.Next = Stories.Succeeds;
        server.Refuse(503, 503);
        using var cli = new Cli(server);

        await cli.RunAsync("deploy", "checkout", "--to", "production");
        await cli.RunAsync("deploy", "checkout", "--to", "production");

        var keys = server.IdempotencyKeys.Select(k => k.Key).ToList();
        Assert.Equal(4, keys.Count);
        Assert.Single(keys.Take(3).Distinct());
        Assert.NotEqual(keys[0], keys[3]);
    }

    [Fact]
    public async Task Without_a_token_it_says_how_to_get_one_and_asks_nobody()
    {
        await using var server = await FakeServer.StartAsync();
        using var cli = new Cli(server);
        cli.Variables.Remove("SLIPWAY_TOKEN");

        var run = await cli.RunAsync("status");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("slipway login", run.Error, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task As_json_an_error_is_a_problem_on_the_error_stream()
    {
        await using var server = await FakeServer.StartAsync();
        server.Refuse(423);
        using var cli = new Cli(server);

        var run = await cli.RunAsync("deployments", "--json");

        Assert.Equal("", run.Out);
        Assert.Contains("\"code\":\"told_to\"", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_not_the_apis_is_said_so()
    {
        await using var server = await FakeServer.StartAsync();
        server.OnApply = (context, _) => context.Response.Body.WriteAsync("<html>welcome</html>"u8.ToArray()).AsTask();
        using var cli = new Cli(server);
        cli.Write("slipway.yaml", "service: checkout\n");

        var run = await cli.RunAsync("apply");

        Assert.Contains("did not answer as a Slipway server", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deploy checkout --to prodction")]
    [InlineData("promote checkout --from staging --to prodction")]
    [InlineData("hold checkout --in prodction")]
    public async Task An_unknown_environment_is_2_and_gets_the_nearest_name(string words)
    {
        await using var server = await FakeServer.StartAsync();
        server.UnknownEnvironments.Add("prodction");
        server.Environments.Add(Sample.Environment("staging", 0));
        server.Environments.Add(Sample.Environment("production", 1));
        server.Services.Add(Sample.Service("checkout"));
        server.Targets.Add(Sample.Target("checkout", "staging", "1.9", 3, 3, TimeSpan.FromDays(2)));
        using var cli = new Cli(server);

        var run = await cli.RunAsync(words.Split(' '));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Did you mean production?", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("depoy", "There is no command \"depoy\" here. Did you mean deploy?")]
    [InlineData("deploy", "<service> is missing.")]
    [InlineData("deploy checkout", "--to is missing.")]
    [InlineData("deploy checkout --to", "--to needs a value.")]
    [InlineData("deploy checkout --too production", "There is no option \"--too\" here. Did you mean --to?")]
    [InlineData("deploy Checkout --to production", "\"Checkout\" does not fit. A service name is")]
    [InlineData("deploy checkout --to production --strategy fast", "\"fast\" does not fit. A strategy is")]
    [InlineData("deploy checkout --to production --strategy rolling:0", "\"rolling:0\" does not fit.")]
    [InlineData("deploy checkout --to production --strategy red-black:soon", "\"red-black:soon\" does not fit.")]
    [InlineData("approve", "<deployment> is missing.")]
    [InlineData("connections tpyes", "There is no command \"tpyes\" here. Did you mean types?")]
    [InlineData("status a b", "\"b\" is one word too many.")]
    [InlineData("config", "Which one? show, set.")]
    [InlineData("config st", "There is no command \"st\" here. Did you mean set?")]
    [InlineData("watch 17", "\"17\" does not fit. A deployment id is")]
    [InlineData("deployments -n 0", "\"0\" is not a number from 1 to 100000.")]
    [InlineData("deployments --status gone", "\"gone\" does not fit. It is one of queued, running, paused,")]
    [InlineData("tokens create ci --scope deply", "\"deply\" does not fit. It is one of read, publish, deploy, admin. Did you mean deploy?")]
    [InlineData("depoy --help", "There is no command \"depoy\" here. Did you mean deploy?")]
    [InlineData("config st --help", "There is no command \"st\" here. Did you mean set?")]
    public async Task Wrong_usage_is_2_and_says_what_is_wrong(string words, string sentence)
    {
        using var cli = new Cli();

        var run = await cli.RunAsync(words.Split(' '));

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("", run.Out);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        Assert.Contains("--help explains it.", run.Error, StringComparison.Ordinal);
    }
}
