using Slipway.FakeGate.Access;
using Xunit;

namespace Slipway.Cli.Tests.Real;

public sealed class ConnectionTests
{
    private const string Secret = "spk_very-secret";

    [Fact]
    public async Task A_connection_is_made_listed_tried_changed_and_deleted()
    {
        await using var server = await RealServer.StartAsync();
        using var cli = server.Cli();
        var gate = server.Gate.Url.ToString().TrimEnd('/');
        List<Run> runs =
        [
            await cli.RunAsync("connections"),
            await cli.RunAsync("connections", "put", "main", "--type", "spinnaker", "--set", $"gate={gate}", "--set", "deck=http://deck"),
            await cli.RunAsync("connections"),
            await cli.RunAsync("connections", "test", "main"),
            await cli.RunAsync("connections", "put", "main", "--set", "interval=10s", "--unset", "deck"),
            await cli.RunAsync("connections"),
            await cli.RunAsync("connections", "delete", "main"),
            await cli.RunAsync("connections", "test", "main"),
        ];

        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 2], runs.Select(run => run.ExitCode));
        Snapshot.Matches(string.Join('\n', runs).Replace(gate, "http://gate", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_can_be_connected_is_explained_in_80_columns()
    {
        await using var server = await RealServer.StartAsync();
        using var cli = server.Cli();

        var run = await cli.RunAsync("connections", "types");

        Assert.All(run.Out.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Snapshot.Matches(run.ToString());
    }

    [Fact]
    public async Task A_secret_is_asked_for_and_never_shown()
    {
        await using var server = await WithTokenAsync();
        using var cli = server.Cli(hidden: Secret);

        var put = await cli.RunAsync("connections", "put", "main", "--type", "spinnaker", "--set", $"gate={server.Gate.Url}", "--set", "authentication=api-token", "--secret", "token");
        var tried = await cli.RunAsync("connections", "test", "main");
        var json = await cli.RunAsync("connections", "--json");

        Assert.Contains("Token (not shown): ", put.Error, StringComparison.Ordinal);
        Assert.Equal(0, tried.ExitCode);
        Assert.Contains("Signed in as slipway.", tried.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, $"{put}{tried}{json}", StringComparison.Ordinal);
        Assert.Contains("\"secrets\":[\"token\"]", json.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_is_not_given_again_stays_and_one_that_is_wrong_is_said_so_with_1()
    {
        await using var server = await WithTokenAsync();
        using var first = server.Cli(input: Secret + "\n");
        await first.RunAsync("connections", "put", "main", "--type", "spinnaker", "--set", $"gate={server.Gate.Url}", "--set", "authentication=api-token", "--secret", "token=-");
        await first.RunAsync("connections", "put", "main", "--set", "deck=http://deck");
        var works = await first.RunAsync("connections", "test", "main", "--json");

        using var second = server.Cli();
        second.Write("token.txt", "spk_wrong\n");
        await second.RunAsync("connections", "put", "main", "--secret", "token=@token.txt");
        var broken = await second.RunAsync("connections", "test", "main");

        Assert.Equal(0, works.ExitCode);
        Assert.Contains("\"works\":true", works.Out, StringComparison.Ordinal);
        Assert.Equal(1, broken.ExitCode);
        Assert.Contains("✗ sign-in", broken.Out, StringComparison.Ordinal);
        Assert.Contains("main does not work.", broken.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("put main --set gate=http://gate", "--type is missing.")]
    [InlineData("put main --type spinaker --set gate=http://gate", "Did you mean spinnaker?")]
    [InlineData("put main --type spinnaker --set gat=http://gate", "Did you mean gate?")]
    [InlineData("put main --type spinnaker --set token=x", "token is a secret and does not stand in the command.")]
    [InlineData("put main --type spinnaker --secret gate=-", "gate is no secret.")]
    [InlineData("put main --type spinnaker --secret token=spk_very-secret", "A secret does not stand in the command")]
    [InlineData("put main --type spinnaker --secret token", "There is nobody here to ask for token.")]
    [InlineData("put main --type spinnaker --secret key", "key has several lines and can not be typed in.")]
    [InlineData("put main --type spinnaker --set certificate=@missing.pem", "missing.pem does not exist.")]
    [InlineData("put main --type spinnaker --set interval=fast --set gate=http://gate", "The interval is a duration from 500ms to 1m.")]
    public async Task What_is_wrong_is_2_and_says_what_to_do(string words, string sentence)
    {
        await using var server = await RealServer.StartAsync();
        using var cli = server.Cli();

        var run = await cli.RunAsync(["connections", .. words.Split(' ')]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, run.ToString(), StringComparison.Ordinal);
        Assert.Equal("{\"items\":[]}\n", (await cli.RunAsync("connections", "--json")).Out);
    }

    private static Task<RealServer> WithTokenAsync() =>
        RealServer.StartAsync(new() { Speed = 120, Authentication = new(SignIn.ApiToken, new User("slipway") { Token = Secret }) });
}
