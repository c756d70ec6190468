using System.Net;
using Microsoft.Extensions.Time.Testing;
using Slipway.Contracts.Access;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;

namespace Slipway.Server.Tests.Access;

[OnBothDatabases]
public sealed class TokenTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;

    [Theory]
    [InlineData("/api/v1/whoami")]
    [InlineData("/api/v1/no-such-address")]
    [InlineData("/api/v2/whoami")]
    [InlineData("/API/v1/tokens")]
    public async Task Nothing_of_the_api_answers_without_a_token(string path)
    {
        var response = await server.Anonymous.GetAsync(path);
        var problem = await response.ShouldRefuseAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        Assert.Contains("admin-token", problem.Detail, StringComparison.Ordinal);
        Assert.Contains("Bearer", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("slp_")]
    [InlineData("slp_onlyid")]
    [InlineData("slp_unknown_secret")]
    [InlineData("slp_a_b_c")]
    public async Task A_token_that_is_none_is_invalid(string token) =>
        await (await server.As(token).GetAsync("/api/v1/whoami")).ShouldRefuseAsync(HttpStatusCode.Unauthorized, "token_invalid");

    [Fact]
    public async Task A_known_id_with_another_secret_is_invalid()
    {
        var id = server.AdminToken.Split('_')[1];
        await (await server.As($"slp_{id}_{new string('x', 43)}").GetAsync("/api/v1/whoami")).ShouldRefuseAsync(HttpStatusCode.Unauthorized, "token_invalid");
    }

    [Fact]
    public async Task The_first_start_made_an_administrators_token_only_its_owner_can_read()
    {
        var path = Path.Combine(server.DataDirectory, "admin-token");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        var me = await server.Http.GetAsync<WhoAmI>("/api/v1/whoami");
        Assert.Equal(Scope.Admin, me.Scope);
        Assert.NotEmpty(me.ServerId);
    }

    [Fact]
    public async Task A_revoked_token_ends_at_once_and_is_told_so()
    {
        var (token, client) = await MakeAsync(Scope.Read);
        await client.GetAsync<WhoAmI>("/api/v1/whoami");
        Assert.Equal(HttpStatusCode.NoContent, (await server.Http.DeleteAsync($"/api/v1/tokens/{token.Id}")).StatusCode);
        await (await client.GetAsync("/api/v1/whoami")).ShouldRefuseAsync(HttpStatusCode.Unauthorized, "token_revoked");
    }

    [Fact]
    public async Task Deleting_a_token_that_is_none_says_so() =>
        await (await server.Http.DeleteAsync("/api/v1/tokens/nothing")).ShouldRefuseAsync(HttpStatusCode.NotFound, "token_not_found");

    [Theory]
    [InlineData(Scope.Read)]
    [InlineData(Scope.Publish)]
    [InlineData(Scope.Deploy)]
    public async Task Only_an_administrator_manages_tokens(Scope scope)
    {
        var (_, client) = await MakeAsync(scope);
        var problem = await (await client.GetAsync("/api/v1/tokens")).ShouldRefuseAsync(HttpStatusCode.Forbidden, "forbidden");
        Assert.Contains("scope admin", problem.Detail, StringComparison.Ordinal);
        Assert.Contains($"has {scope.ToString().ToLowerInvariant()}", problem.Detail, StringComparison.Ordinal);
        await (await client.PostAsync("/api/v1/tokens", new CreateToken { Name = "more", Scope = Scope.Read })).ShouldRefuseAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task A_list_of_tokens_never_shows_a_secret()
    {
        var (token, _) = await MakeAsync(Scope.Publish);
        var text = await server.Http.GetStringAsync("/api/v1/tokens?limit=500");
        Assert.Contains(token.Id, text, StringComparison.Ordinal);
        Assert.DoesNotContain(server.AdminToken.Split('_')[2], text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_expires_and_says_when()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var own = await TestServer.StartAsync(clock);
        var wanted = new CreateToken { Name = "short", Scope = Scope.Read, ExpiresIn = Duration.FromMinutes(60) };
        var made = await (await own.Http.PostAsync("/api/v1/tokens", wanted)).ShouldBeAsync<TokenCreated>(HttpStatusCode.Created);
        var client = own.As(made.Secret);

        clock.Advance(TimeSpan.FromMinutes(59));
        await client.GetAsync<WhoAmI>("/api/v1/whoami");
        clock.Advance(TimeSpan.FromMinutes(1));
        var problem = await (await client.GetAsync("/api/v1/whoami")).ShouldRefuseAsync(HttpStatusCode.Unauthorized, "token_expired");
        Assert.Contains("2026-01-01 01:00:00Z", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_a_token_was_last_used_is_shown()
    {
        var (token, client) = await MakeAsync(Scope.Read);
        await client.GetAsync<WhoAmI>("/api/v1/whoami");
        await server.Http.GetStringAsync("/api/v1/audit"); // writes what is pending
        var tokens = await server.Http.GetAsync<Slipway.Contracts.Page<Token>>("/api/v1/tokens?limit=500");
        Assert.NotNull(tokens.Items.Single(t => t.Id == token.Id).LastUsedAt);
    }

    [Theory]
    [InlineData("""{"name":"","scope":"read"}""", "name")]
    [InlineData("""{"name":"x","scope":"read","expiresIn":"0s"}""", "expiresIn")]
    [InlineData("""{"name":"x","scope":"read","expiresIn":"366d"}""", "expiresIn")]
    [InlineData("""{"name":"x","scope":"read","services":["checkout"]}""", "scope")]
    [InlineData("""{"name":"x","scope":"admin","environments":["dev"]}""", "scope")]
    [InlineData("""{"name":"x","scope":"deploy","environments":[]}""", "environments")]
    public async Task A_token_that_makes_no_sense_is_refused_by_field(string json, string field)
    {
        var problem = await (await server.Http.PostTextAsync("/api/v1/tokens", json)).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request");
        Assert.Equal(field, Assert.Single(problem.Errors!).Key);
    }

    [Fact]
    public async Task A_token_keeps_its_restrictions()
    {
        var wanted = new CreateToken
        {
            Name = "ci",
            Scope = Scope.Deploy,
            Services = [ServiceName.Parse("checkout")],
            Environments = [EnvironmentName.Parse("dev")],
        };
        var made = await (await server.Http.PostAsync("/api/v1/tokens", wanted)).ShouldBeAsync<TokenCreated>(HttpStatusCode.Created);
        Assert.Equal(wanted.Services, made.Token.Services);
        Assert.Equal(wanted.Environments, made.Token.Environments);
        var me = await server.As(made.Secret).GetAsync<WhoAmI>("/api/v1/whoami");
        Assert.Equal(wanted.Services, me.Services);
        Assert.Equal(wanted.Environments, me.Environments);
    }

    private async Task<(Token Token, HttpClient Client)> MakeAsync(Scope scope)
    {
        var response = await server.Http.PostAsync("/api/v1/tokens", new CreateToken { Name = $"test {scope}", Scope = scope });
        var made = await response.ShouldBeAsync<TokenCreated>(HttpStatusCode.Created);
        return (made.Token, server.As(made.Secret));
    }
}
