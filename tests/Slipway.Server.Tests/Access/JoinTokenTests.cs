using System.Net;
using Microsoft.Extensions.Time.Testing;
using Slipway.Contracts;
using Slipway.Contracts.Access;
using Slipway.Contracts.Agents;
using Slipway.Contracts.Services;
using Slipway.Server.Access;

namespace Slipway.Server.Tests.Access;

[OnBothDatabases]
public sealed class JoinTokenTests
{
    private static readonly EnvironmentName Dev = EnvironmentName.Parse("dev");

    [Fact]
    public async Task It_comes_with_the_line_to_run()
    {
        await using var server = await TestServer.StartAsync();
        var made = await MakeAsync(server, new CreateJoinToken { Environment = EnvironmentName.Parse("staging") });
        Assert.Equal($"slipway-agent join --server {server.Address.AbsoluteUri.TrimEnd('/')} --token {made.Token} --environment staging --service SERVICE", made.Command);
        Assert.True(JoinToken.TryParse(made.Token, out var token));
        Assert.Null(token.CaFingerprint);
    }

    [Fact]
    public async Task It_can_be_used_as_often_as_it_says_however_many_try_at_once()
    {
        await using var server = await TestServer.StartAsync();
        var token = Parse(await MakeAsync(server, new CreateJoinToken { Uses = 3 }));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => server.Get<JoinTokens>().UseAsync(token, Dev, default)));
        Assert.Equal(3, outcomes.Count(outcome => outcome.Refusal is null));
        Assert.All(outcomes.Where(outcome => outcome.Refusal is not null), outcome => Assert.Equal("join_token_used", outcome.Refusal!.Code));
        Assert.Empty((await server.Http.GetAsync<Page<JoinTokenInfo>>("/api/v1/joinTokens")).Items);
    }

    [Fact]
    public async Task It_is_refused_when_mistyped_expired_deleted_or_for_another_environment()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var server = await TestServer.StartAsync(clock);
        var tokens = server.Get<JoinTokens>();
        var token = Parse(await MakeAsync(server, new CreateJoinToken { Environment = Dev, ExpiresIn = Duration.FromMinutes(5) }));

        Assert.Equal("join_token_wrong_environment", await CodeAsync(token, EnvironmentName.Parse("production")));
        Assert.Equal("join_token_invalid", await CodeAsync(token with { Secret = "wrong" }, Dev));
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("join_token_expired", await CodeAsync(token, Dev));
        Assert.Equal(HttpStatusCode.NoContent, (await server.Http.DeleteAsync($"/api/v1/joinTokens/{token.Id}")).StatusCode);
        Assert.Equal("join_token_invalid", await CodeAsync(token, Dev));

        async Task<string?> CodeAsync(JoinToken used, EnvironmentName environment) => (await tokens.UseAsync(used, environment, default)).Refusal?.Code;
    }

    [Theory]
    [InlineData("""{"uses":0}""", "uses")]
    [InlineData("""{"expiresIn":"8d"}""", "expiresIn")]
    [InlineData("""{"environment":"No!"}""", "environment")]
    public async Task One_that_makes_no_sense_is_refused_by_field(string json, string field)
    {
        await using var server = await TestServer.StartAsync();
        var problem = await (await server.Http.PostTextAsync("/api/v1/joinTokens", json)).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.Equal(field, Assert.Single(problem.Errors!).Key);
    }

    private static async Task<JoinTokenCreated> MakeAsync(TestServer server, CreateJoinToken wanted) =>
        await (await server.Http.PostAsync("/api/v1/joinTokens", wanted)).ShouldBeAsync<JoinTokenCreated>(HttpStatusCode.Created);

    private static JoinToken Parse(JoinTokenCreated made) => JoinToken.TryParse(made.Token, out var token) ? token : throw new FormatException(made.Token);
}
