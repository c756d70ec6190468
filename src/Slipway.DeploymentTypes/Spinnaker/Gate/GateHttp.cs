using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Slipway.DeploymentTypes.Connections;

namespace Slipway.DeploymentTypes.Spinnaker.Gate;

/// <summary>A connection as an HttpClient: address, certificates, and who we say we are.</summary>
internal static class GateHttp
{
    /// <summary>Shorter than the engine's patience with a call of a stage (30 s).</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(25);

    /// <summary>An expanded execution may have megabytes; more than this is not one.</summary>
    private const int LargestAnswer = 64 * 1024 * 1024;

    public static HttpClient Make(OpenConnection connection)
    {
        var handler = new SocketsHttpHandler
        {
            // A redirect means "sign in", whatever it leads to.
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            AutomaticDecompression = System.Net.DecompressionMethods.All,
            SslOptions = Tls(connection),
        };
        var http = new HttpClient(handler)
        {
            BaseAddress = new(connection.Get(GateFields.Gate)!.TrimEnd('/') + "/"),
            Timeout = Timeout,
            MaxResponseContentBufferSize = LargestAnswer,
        };
        http.DefaultRequestHeaders.Accept.Add(new("application/json"));
        http.DefaultRequestHeaders.UserAgent.Add(new("slipway", "1"));
        Authenticate(http.DefaultRequestHeaders, connection);
        return http;
    }

    private static void Authenticate(HttpRequestHeaders headers, OpenConnection connection)
    {
        switch (connection.Get(GateFields.Authentication))
        {
            case GateFields.Basic:
                var pair = $"{connection.Get(GateFields.User)}:{connection.Get(GateFields.Password)}";
                headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
                break;
            case GateFields.Bearer:
                headers.Authorization = new("Bearer", connection.Get(GateFields.Token));
                break;
            case GateFields.ApiToken:
                headers.Add("X-Spinnaker-Token", connection.Get(GateFields.Token));
                break;
            case GateFields.Header:
                headers.Add("X-SPINNAKER-USER", connection.Get(GateFields.User));
                break;
        }
    }

    private static SslClientAuthenticationOptions Tls(OpenConnection connection)
    {
        var options = new SslClientAuthenticationOptions();
        if (connection.Get(GateFields.Authentication) == GateFields.X509)
        {
            using var pem = X509Certificate2.CreateFromPem(connection.Get(GateFields.Certificate), connection.Get(GateFields.Key));

            // A key that came from PEM has to pass through PKCS#12 before every TLS library takes it.
            options.ClientCertificates = [X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null)];
        }

        if (connection.Get(GateFields.Authority) is { } authority)
        {
            var trusted = new X509Certificate2Collection();
            trusted.ImportFromPem(authority);
            options.CertificateChainPolicy = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(trusted);
        }

        return options;
    }
}
