using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Slipway.FakeGate.Access;

namespace Slipway.FakeGate.Tests;

public sealed class AccessTests
{
    private static readonly User Ann = new("ann") { Password = "secret", Token = "spk_1", Roles = ["dev"] };

    [Fact]
    public async Task Without_authentication_everybody_is_anonymous()
    {
        await using var gate = await Gate.StartAsync();
        using var client = new Client(gate.Url);

        Assert.Equal("anonymous", (string?)(await client.Get("/auth/user")).Object["username"]);
        Assert.Equal("UP", (string?)(await client.Get("/health")).Object["status"]);
    }

    [Theory]
    [InlineData(SignIn.Basic, "Authorization", "Basic YW5uOnNlY3JldA==")]
    [InlineData(SignIn.Bearer, "Authorization", "Bearer spk_1")]
    [InlineData(SignIn.ApiToken, "Authorization", "Bearer spk_1")]
    [InlineData(SignIn.ApiToken, "X-Spinnaker-Token", "spk_1")]
    [InlineData(SignIn.Header, "X-SPINNAKER-USER", "ann")]
    [InlineData(SignIn.Sso, "Cookie", "SESSION=spk_1")]
    public async Task Each_way_to_sign_in_says_who_it_is(SignIn by, string header, string value)
    {
        await using var gate = await Gate.StartAsync(new() { Authentication = new(by, Ann) });
        using var client = new Client(gate.Url);

        var user = await client.Send(HttpMethod.Get, "/auth/user", null, (header, value));
        Assert.Equal("ann", (string?)user.Object["username"]);
        Assert.Equal("dev", (string?)user.Object["roles"]![0]);
        Assert.Equal(HttpStatusCode.OK, (await client.Send(HttpMethod.Get, "/applications", null, (header, value))).Status);
    }

    [Theory]
    [InlineData(SignIn.Basic, HttpStatusCode.Found, "Authorization", "Basic YW5uOndyb25n")]
    [InlineData(SignIn.Bearer, HttpStatusCode.Found, "Authorization", "Bearer wrong")]
    [InlineData(SignIn.Sso, HttpStatusCode.Found, "Cookie", "SESSION=wrong")]
    [InlineData(SignIn.ApiToken, HttpStatusCode.Unauthorized, "X-Spinnaker-Token", "wrong")]
    [InlineData(SignIn.Header, HttpStatusCode.InternalServerError, "X-Other", "ann")]
    public async Task Who_does_not_sign_in_is_turned_away_in_the_way_of_the_installation(SignIn by, HttpStatusCode status, string header, string value)
    {
        await using var gate = await Gate.StartAsync(new() { Authentication = new(by, Ann) });
        using var client = new Client(gate.Url);

        var answer = await client.Send(HttpMethod.Get, "/applications", null, (header, value));
        Assert.Equal(status, answer.Status);
        Assert.Equal(status == HttpStatusCode.Found, answer.Headers.TryGetValue("Location", out var location) && location.EndsWith("/login", StringComparison.Ordinal));
        Assert.Empty((await client.Get("/auth/user")).Text);
    }

    [Fact]
    public async Task The_form_gives_a_cookie_that_signs_in()
    {
        await using var gate = await Gate.StartAsync(new() { Authentication = new(SignIn.Basic, Ann) });
        using var client = new Client(gate.Url);
        using var form = new FormUrlEncodedContent([new("username", "ann"), new("password", "secret")]);
        using var response = await client.Http.PostAsync(new Uri("/login", UriKind.Relative), form);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        var cookie = response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        Assert.Equal(HttpStatusCode.OK, (await client.Send(HttpMethod.Get, "/applications", null, ("Cookie", cookie))).Status);
    }

    [Fact]
    public async Task A_header_counts_for_nothing_where_it_is_not_the_way_to_sign_in()
    {
        await using var gate = await Gate.StartAsync();
        using var client = new Client(gate.Url);

        Assert.Equal("anonymous", (string?)(await client.Send(HttpMethod.Get, "/auth/user", null, ("X-SPINNAKER-USER", "ann"))).Object["username"]);
    }

    [Fact]
    public async Task A_certificate_signs_in_by_its_name()
    {
        await using var gate = await Gate.StartAsync(new() { Authentication = new(SignIn.X509, Ann) });
        using var certificate = Certificates.Make("ann");
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { gate.Certificate! }, RevocationMode = X509RevocationMode.NoCheck };
        using var with = new HttpClient(new SocketsHttpHandler { SslOptions = new() { ClientCertificates = [certificate], CertificateChainPolicy = trust } }) { BaseAddress = gate.Url };
        using var without = new HttpClient(new SocketsHttpHandler { SslOptions = new() { CertificateChainPolicy = trust } }) { BaseAddress = gate.Url };

        Assert.Equal("ann", (string?)JsonNode.Parse(await with.GetStringAsync(new Uri("/auth/user", UriKind.Relative)))!["username"]);
        using var refused = await without.GetAsync(new Uri("/applications", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task A_token_is_shown_once_and_ends_when_it_is_deleted()
    {
        await using var gate = await Gate.StartAsync(new() { Authentication = new(SignIn.ApiToken, Ann) });
        using var client = new Client(gate.Url);
        (string, string) known = ("X-Spinnaker-Token", "spk_1");

        var made = await client.Send(HttpMethod.Post, "/auth/apiTokens", new JsonObject { ["name"] = "ci" }, known);
        Assert.Equal(HttpStatusCode.Created, made.Status);
        (string, string) fresh = ("X-Spinnaker-Token", (string)made.Object["token"]!);
        var listed = await client.Send(HttpMethod.Get, "/auth/apiTokens", null, fresh);
        Assert.False(listed.Array[0]!.AsObject().ContainsKey("token"));

        var id = (string)made.Object["id"]!;
        Assert.Equal(HttpStatusCode.NoContent, (await client.Send(HttpMethod.Delete, $"/auth/apiTokens/{id}", null, known)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.Send(HttpMethod.Get, "/applications", null, fresh)).Status);
    }

    [Fact]
    public async Task Who_has_not_the_right_is_denied()
    {
        await using var gate = await Gate.StartAsync(new() { Authentication = new(SignIn.Header, Ann, new("bob") { Roles = ["ops"] }) });
        using var client = new Client(gate.Url);
        gate.Configs.SaveApplication("shop", new() { ["permissions"] = new JsonObject { ["READ"] = new JsonArray("dev", "ops"), ["EXECUTE"] = new JsonArray("ops"), ["WRITE"] = new JsonArray() } });
        gate.Configs.Save(new() { ["application"] = "shop", ["name"] = "P", ["stages"] = new JsonArray() });

        var denied = await client.Send(HttpMethod.Post, "/pipelines/shop/P", null, ("X-SPINNAKER-USER", "ann"));
        Assert.Equal(HttpStatusCode.Forbidden, denied.Status);
        Assert.Equal("Access is denied", denied.Message);
        Assert.Equal(HttpStatusCode.OK, (await client.Send(HttpMethod.Get, "/applications/shop/pipelineConfigs", null, ("X-SPINNAKER-USER", "ann"))).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await client.Send(HttpMethod.Post, "/pipelines/shop/P", null, ("X-SPINNAKER-USER", "bob"))).Status);
    }
}
