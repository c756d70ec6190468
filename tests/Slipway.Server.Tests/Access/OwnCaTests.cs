using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Slipway.Contracts.Access;
using Slipway.Contracts.Agents;

namespace Slipway.Server.Tests.Access;

public sealed class OwnCaTests
{
    [Fact]
    public async Task Over_https_the_server_shows_a_certificate_of_the_ca_whose_fingerprint_join_tokens_carry()
    {
        await using var server = await StartAsync();
        using var http = Trusting(await CaAsync(server), server);
        var made = await (await http.PostAsync("/api/v1/joinTokens", new CreateJoinToken())).ShouldBeAsync<JoinTokenCreated>(System.Net.HttpStatusCode.Created);

        Assert.True(JoinToken.TryParse(made.Token, out var token));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData((await CaAsync(server)).RawData)), token.CaFingerprint);
        Assert.Contains("--server https://localhost:", made.Command, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_else_is_trusted()
    {
        await using var server = await StartAsync();
        await using var other = await StartAsync();
        using var http = Trusting(await CaAsync(other), server);
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("/health/live"));
        Assert.IsType<System.Security.Authentication.AuthenticationException>(refused.InnerException);
    }

    [Fact]
    public async Task The_ca_stays_and_its_key_is_readable_by_its_owner_only()
    {
        await using var server = await StartAsync();
        var before = await CaAsync(server);
        await server.RestartAsync();
        Assert.Equal(before.Thumbprint, (await CaAsync(server)).Thumbprint);
        foreach (var key in (string[])["ca-key.pem", "server-key.pem"])
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(server.DataDirectory, "keys", key)));
    }

    [Fact]
    public async Task Without_https_there_is_no_ca()
    {
        await using var server = await TestServer.StartAsync();
        await (await server.Anonymous.GetAsync(AgentPaths.CertificateAuthority)).ShouldRefuseAsync(System.Net.HttpStatusCode.NotFound, "no_own_ca");
        Assert.False(File.Exists(Path.Combine(server.DataDirectory, "keys", "ca.pem")));
    }

    private static Task<TestServer> StartAsync() => TestServer.StartAsync(adjust: null, "--urls", "https://127.0.0.1:0");

    private static async Task<X509Certificate2> CaAsync(TestServer server)
    {
        using var blind = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true });
        return X509Certificate2.CreateFromPem(await blind.GetStringAsync(new Uri(server.Address, AgentPaths.CertificateAuthority)));
    }

    private static HttpClient Trusting(X509Certificate2 ca, TestServer server)
    {
        var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { ca },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        };
        var http = new HttpClient(handler) { BaseAddress = new Uri($"https://localhost:{server.Address.Port}") };
        http.DefaultRequestHeaders.Authorization = new("Bearer", server.AdminToken);
        return http;
    }
}
