using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Slipway.Server.Access;
using Slipway.Server.Persistence;

namespace Slipway.Server.Api;

/// <summary>Where the server listens: loopback unless told otherwise, and off loopback only with TLS unless that is allowed on purpose.</summary>
internal static class Listening
{
    public const string DefaultUrl = "http://127.0.0.1:8080";
    public const string AllowPlainHttp = "Slipway:AllowPlainHttp";

    public static void AddListening(this WebApplicationBuilder builder)
    {
        var urls = Urls(builder.Configuration);
        if (urls.Count == 0)
        {
            urls = [DefaultUrl];
            builder.WebHost.UseUrls(DefaultUrl);
        }

        if (Refuse(urls, builder.Configuration.GetValue<bool>(AllowPlainHttp)) is { } refusal)
            throw new StartRefusedException(refusal);

        var tls = urls.Any(IsHttps);
        var ownCertificate = tls && !HasConfiguredCertificate(builder.Configuration);
        builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<CertificateAuthority>(services, new CertificateUse(ownCertificate, urls)));
        if (tls)
            builder.WebHost.UseKestrelHttpsConfiguration();
        if (ownCertificate)
            builder.Services.AddOptions<KestrelServerOptions>().Configure<CertificateAuthority>(UseOwnCertificate);
    }

    /// <summary>Why the server must not listen there; null when it may.</summary>
    public static string? Refuse(IEnumerable<string> urls, bool allowPlainHttp)
    {
        foreach (var url in urls)
        {
            if (Parse(url) is not { } address)
                return $"\"{url}\" is no address to listen on. Write it like {DefaultUrl} or https://0.0.0.0:8443, several separated by semicolons.";

            if (!allowPlainHttp && !IsHttps(url) && !address.IsUnixPipe && !IsLoopback(address.Host))
            {
                return $"""
                    Slipway does not listen on {url}: without TLS everybody on the way could read its tokens. Use one of
                      --urls https://{address.Host}:{address.Port}      with a certificate from its own CA, or yours (Kestrel:Certificates:Default:Path)
                      --urls {DefaultUrl}    only this machine
                      --{AllowPlainHttp}=true    where something in front of it, such as a balancer, ends TLS
                    """;
            }
        }

        return null;
    }

    private static void UseOwnCertificate(KestrelServerOptions kestrel, CertificateAuthority authority) =>
        kestrel.ConfigureHttpsDefaults(https =>
        {
            https.ServerCertificate = authority.ServerCertificate;

            // Ten thousand agents that reconnect after a restart of a balancer resume instead of doing the whole handshake again.
            https.OnAuthenticate = (_, tls) => tls.AllowTlsResume = true;
        });

    /// <summary>Every place .NET takes addresses from, in the order in which Kestrel lets one win over the other.</summary>
    private static List<string> Urls(ConfigurationManager configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>().ToList();
        if (endpoints.Count > 0)
            return endpoints;

        if (Split(configuration["urls"]) is { Count: > 0 } urls)
            return urls;

        return [.. Split(configuration["http_ports"]).Select(port => $"http://*:{port}"), .. Split(configuration["https_ports"]).Select(port => $"https://*:{port}")];
    }

    private static List<string> Split(string? list) =>
        [.. (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static BindingAddress? Parse(string url)
    {
        try
        {
            return BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static bool IsHttps(string url) => url.StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool HasConfiguredCertificate(ConfigurationManager configuration) =>
        configuration.GetSection("Kestrel:Certificates:Default").GetChildren().Any()
        || configuration.GetSection("Kestrel:Endpoints").GetChildren().Any(endpoint => endpoint.GetSection("Certificate").GetChildren().Any());
}
