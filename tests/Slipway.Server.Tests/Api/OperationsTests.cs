using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Slipway.Contracts.Access;
using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Persistence;
using Slipway.Server.Tests.Deployments.Http;

namespace Slipway.Server.Tests.Api;

public sealed class OperationsTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;

    [Theory]
    [InlineData("/health/live", "live")]
    [InlineData("/health/ready", "ready")]
    public async Task Health_answers_without_a_token(string path, string text) =>
        Assert.Equal(text, await server.Anonymous.GetStringAsync(path));

    [Fact]
    public async Task Without_its_database_the_server_is_alive_and_not_ready()
    {
        await using var own = await TestServer.StartAsync();
        var (token, away) = (own.AdminToken, own.DataDirectory + "-away");

        // Moved first and forgotten then: nothing can be opened or made at the old place any more, whatever works in the background.
        Directory.Move(own.DataDirectory, away);
        try
        {
            await using (var db = await own.Get<IDbContextFactory<SlipwayDb>>().CreateDbContextAsync())
                SqliteConnection.ClearPool((SqliteConnection)db.Database.GetDbConnection());

            await (await own.Anonymous.GetAsync("/health/ready")).ShouldRefuseAsync(HttpStatusCode.ServiceUnavailable, "not_ready");
            await (await own.As(token).GetAsync("/api/v1/whoami")).ShouldRefuseAsync(HttpStatusCode.ServiceUnavailable, "unavailable");
            Assert.Equal("live", await own.Anonymous.GetStringAsync("/health/live"));
        }
        finally
        {
            Directory.Move(away, own.DataDirectory);
        }
    }

    [Fact]
    public async Task Metrics_count_requests_by_route_and_never_by_what_a_caller_sent()
    {
        await server.Http.GetAsync("/api/v1/environments/some-environment");
        await server.Http.GetAsync("/api/v1/some-nonsense");
        await server.Http.SendAsync(new HttpRequestMessage(new HttpMethod("WEIRD"), "/api/v1/whoami"));
        var text = await server.Anonymous.GetStringAsync("/metrics");
        Assert.Contains("""slipway_http_request_duration_seconds_count{method="GET",route="/api/v1/environments/{environment}",status="404"} 1""", text, StringComparison.Ordinal);
        Assert.Contains("""method="other""", text, StringComparison.Ordinal);
        foreach (var word in (string[])["some-environment", "some-nonsense", "WEIRD"])
            Assert.DoesNotContain(word, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_start_says_how_to_go_on_and_later_ones_only_the_address()
    {
        await using var own = await TestServer.StartAsync();
        var first = Output(own);
        Assert.Contains($"export SLIPWAY_TOKEN={own.AdminToken}", first, StringComparison.Ordinal);
        Assert.Contains($"export SLIPWAY_SERVER={own.Address.AbsoluteUri.TrimEnd('/')}", first, StringComparison.Ordinal);
        Assert.Contains("slipway apply -f slipway.yaml", first, StringComparison.Ordinal);

        await own.RestartAsync();
        Assert.DoesNotContain("slp_", Output(own), StringComparison.Ordinal);
        Assert.Single(Output(own).Trim().Split('\n'));
    }

    [Fact]
    public async Task A_lost_administrators_token_is_replaced_on_the_servers_command_line()
    {
        await using var own = await TestServer.StartAsync();
        using var output = new StringWriter();
        Assert.Equal(0, await TokenCommand.RunAsync(["token", "create", "--name", "rescue", "--Slipway:DataDirectory", own.DataDirectory], output, TextWriter.Null));
        var me = await own.As(output.ToString().Trim()).GetAsync<WhoAmI>("/api/v1/whoami");
        Assert.Equal(("rescue", Scope.Admin), (me.Name, me.Scope));
    }

    [Theory]
    [InlineData("token")]
    [InlineData("token", "create")]
    [InlineData("token", "delete", "--name", "x")]
    public async Task A_wrong_command_says_how_it_is_meant(params string[] args)
    {
        using var errors = new StringWriter();
        Assert.Equal(2, await TokenCommand.RunAsync(args, TextWriter.Null, errors));
        Assert.Contains("Usage:", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_keeps_the_server_from_starting_is_one_sentence_and_not_a_crash()
    {
        string[] address = ["--urls", "http://127.0.0.1:0", "--Slipway:DataDirectory"];
        Assert.Equal(2, await SlipwayServer.RunAsync([.. address, server.DataDirectory]));
        Assert.Equal(2, await SlipwayServer.RunAsync([.. address, Path.Combine(server.DataDirectory, "admin-token", "below-a-file")]));
        var own = Directory.CreateTempSubdirectory("slipway-test-");
        Assert.Equal(2, await SlipwayServer.RunAsync([.. address, own.FullName, "--Slipway:MaximumArtifactSize", "lots"]));
        Assert.Equal(2, await SlipwayServer.RunAsync(["--urls", server.Address.AbsoluteUri, "--Slipway:DataDirectory", own.FullName]));
        own.Delete(recursive: true);
    }

    [Fact]
    public async Task A_question_for_help_does_not_start_a_server() =>
        Assert.Equal(0, await SlipwayServer.RunAsync(["--help"]));

    [Fact]
    public async Task A_deployment_that_goes_well_is_not_told_in_the_words_of_the_machinery()
    {
        using var log = new LoggedLines();
        await using var own = await TestServer.StartAsync(builder => builder.Logging.AddProvider(log));
        await (await Scripted.NewAsync(own)).FinishAsync();

        // What Orleans says of itself on a machine that stalls is about the machine.
        Assert.DoesNotContain(log.Lines, line => !line.Category.StartsWith("Slipway", StringComparison.Ordinal) && !line.Category.Contains("LocalSiloHealthMonitor", StringComparison.Ordinal));
    }

    private static string Output(TestServer server)
    {
        using var writer = new StringWriter();
        StartUpOutput.Write(server.App, writer);
        return writer.ToString();
    }
}
