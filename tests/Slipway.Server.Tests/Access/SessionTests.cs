using System.Net;
using Slipway.Contracts;
using Slipway.Contracts.Access;

namespace Slipway.Server.Tests.Access;

public sealed class SessionTests : IClassFixture<SharedServer>, IDisposable
{
    private static readonly (string, string) FromOwnPage = ("Sec-Fetch-Site", "same-origin");
    private readonly TestServer server;
    private readonly Browser browser;

    public SessionTests(SharedServer shared) => (server, browser) = (shared.Server, new Browser(shared.Server.Address));

    public void Dispose() => browser.Dispose();

    [Fact]
    public async Task A_browser_that_signed_in_reads_and_changes_with_its_cookie()
    {
        await browser.SignedInAsync(server.AdminToken, FromOwnPage);
        var me = await (await browser.GetAsync("/api/v1/whoami")).ShouldBeAsync<WhoAmI>(HttpStatusCode.OK);
        Assert.Equal("first-admin", me.Name);
        Assert.Equal(HttpStatusCode.Created, (await browser.ChangeAsync(FromOwnPage)).StatusCode);
    }

    [Fact]
    public async Task Scripts_and_other_sites_do_not_get_the_cookie()
    {
        var set = await browser.SignedInAsync(server.AdminToken);
        Assert.StartsWith("slipway=", set, StringComparison.Ordinal);
        foreach (var attribute in (string[])["httponly", "samesite=strict", "path=/"])
            Assert.Contains(attribute, set.Split("; "), StringComparer.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain", set, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secure", set, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_cookie_ends_when_the_token_does()
    {
        var made = await MakeAsync();
        var set = await browser.SignedInAsync(made.Secret);
        Assert.Contains($"expires={made.Token.ExpiresAt!.Value.ToUniversalTime():R}", set, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("slp_unknown_secret")]
    [InlineData("slp_a\r\nSet-Cookie: x=y")]
    public async Task A_wrong_token_signs_nobody_in(string token)
    {
        var response = await browser.SignInAsync(token);
        await response.ShouldRefuseAsync(HttpStatusCode.Unauthorized, "token_invalid");
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("X-Requested-With", "XMLHttpRequest")]
    public async Task What_another_sites_page_orders_with_the_cookie_is_refused(string header, string value)
    {
        await browser.SignedInAsync(server.AdminToken);
        await (await browser.ChangeAsync((header, value))).ShouldRefuseAsync(HttpStatusCode.Forbidden, "cross_site");
    }

    [Fact]
    public async Task A_foreign_site_does_not_become_own_by_an_origin_it_claims()
    {
        await browser.SignedInAsync(server.AdminToken);
        await (await browser.ChangeAsync(("Sec-Fetch-Site", "cross-site"), ("Origin", browser.Origin))).ShouldRefuseAsync(HttpStatusCode.Forbidden, "cross_site");
    }

    [Fact]
    public async Task A_browser_that_says_only_its_origin_may_change_what_is_its_own()
    {
        await browser.SignedInAsync(server.AdminToken);
        Assert.Equal(HttpStatusCode.Created, (await browser.ChangeAsync(("Origin", browser.Origin))).StatusCode);
    }

    [Fact]
    public async Task Another_site_can_sign_a_browser_neither_in_nor_out()
    {
        await (await browser.SignInAsync(server.AdminToken, ("Origin", "https://evil.example"))).ShouldRefuseAsync(HttpStatusCode.Forbidden, "cross_site");
        await browser.SignedInAsync(server.AdminToken);
        var response = await browser.SendAsync(HttpMethod.Delete, "/api/v1/session", null, ("Sec-Fetch-Site", "cross-site"));
        await response.ShouldRefuseAsync(HttpStatusCode.Forbidden, "cross_site");
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task The_header_wins_over_the_cookie()
    {
        var made = await MakeAsync();
        await browser.SignedInAsync(server.AdminToken);
        var me = await (await browser.GetAsync("/api/v1/whoami", ("Authorization", $"Bearer {made.Secret}"))).ShouldBeAsync<WhoAmI>(HttpStatusCode.OK);
        Assert.Equal(made.Token.Name, me.Name);
        await (await browser.GetAsync("/api/v1/whoami", ("Authorization", "Bearer slp_a_b"))).ShouldRefuseAsync(HttpStatusCode.Unauthorized, "token_invalid");
    }

    [Fact]
    public async Task A_revoked_token_ends_its_sessions_and_the_browser_can_still_leave()
    {
        var made = await MakeAsync();
        await browser.SignedInAsync(made.Secret);
        await server.Http.DeleteAsync($"/api/v1/tokens/{made.Token.Id}");
        await (await browser.GetAsync("/api/v1/whoami")).ShouldRefuseAsync(HttpStatusCode.Unauthorized, "token_revoked");

        var left = await browser.SendAsync(HttpMethod.Delete, "/api/v1/session", null, FromOwnPage);
        Assert.Equal(HttpStatusCode.NoContent, left.StatusCode);
        Assert.Contains(left.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("slipway=;", StringComparison.Ordinal) && cookie.Contains("1970", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Over_tls_the_cookie_belongs_to_this_host_alone()
    {
        await using var own = await TestServer.StartAsync(adjust: null, "--urls", "https://127.0.0.1:0");
        using var secure = new Browser(own.Address);
        var set = await secure.SignedInAsync(own.AdminToken, FromOwnPage);
        Assert.StartsWith("__Host-slipway=", set, StringComparison.Ordinal);
        Assert.Contains("secure", set.Split("; "), StringComparer.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await secure.GetAsync("/api/v1/whoami")).StatusCode);

        secure.Cookie = secure.Cookie!.Replace("__Host-", "", StringComparison.Ordinal);
        await (await secure.GetAsync("/api/v1/whoami")).ShouldRefuseAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task Behind_something_that_ends_tls_the_cookie_is_secure_and_the_public_address_is_the_servers_own()
    {
        await using var own = await TestServer.StartAsync(adjust: null, "--Slipway:PublicUrl", "https://slipway.example.com");
        using var proxied = new Browser(own.Address);
        var origin = ("Origin", "https://slipway.example.com");
        Assert.StartsWith("__Host-slipway=", await proxied.SignedInAsync(own.AdminToken, origin), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, (await proxied.ChangeAsync(origin)).StatusCode);
        await (await proxied.ChangeAsync(("Origin", "http://slipway.example.com"))).ShouldRefuseAsync(HttpStatusCode.Forbidden, "cross_site");
        await (await proxied.ChangeAsync(("Origin", "https://slipway.example.com.evil.example"))).ShouldRefuseAsync(HttpStatusCode.Forbidden, "cross_site");
    }

    [Fact]
    public async Task Signing_in_and_out_is_recorded_and_strangers_cannot_fill_the_record()
    {
        await using var own = await TestServer.StartAsync();
        using var visitor = new Browser(own.Address);
        for (var i = 0; i < 30; i++)
            await visitor.SendAsync(HttpMethod.Delete, "/api/v1/session", null);
        await visitor.SignInAsync("slp_a_b");
        await visitor.SignedInAsync(own.AdminToken);
        await visitor.ChangeAsync(("Sec-Fetch-Site", "cross-site"));
        await visitor.SendAsync(HttpMethod.Delete, "/api/v1/session", null);

        var entries = (await own.Http.GetAsync<Page<AuditEntry>>("/api/v1/audit")).Items;
        Assert.Equal(
            [
                ("first-admin", "DELETE /api/v1/session", 204, null),
                ("first-admin", "POST /api/v1/joinTokens", 403, "cross_site"),
                ("first-admin", "POST /api/v1/session", 200, null),
                ("anonymous", "POST /api/v1/session", 401, "token_invalid"),
            ],
            entries.Select(entry => (entry.Actor, entry.Action, entry.Status, entry.Code)));
    }

    private async Task<TokenCreated> MakeAsync()
    {
        var response = await server.Http.PostAsync("/api/v1/tokens", new CreateToken { Name = "ada", Scope = Scope.Read });
        return await response.ShouldBeAsync<TokenCreated>(HttpStatusCode.Created);
    }
}
