using Slipway.Server.Access;
using Slipway.Server.Persistence;

namespace Slipway.Server.Api;

/// <summary>What the server says once it is ready: its address, and the first time how to go on.</summary>
internal static class StartUpOutput
{
    public static void Write(WebApplication app, TextWriter output)
    {
        var url = Reachable(app.Urls.FirstOrDefault() ?? Listening.DefaultUrl);
        output.WriteLine($"Slipway {Installation.Version} is ready: {url} (API: {url}/docs)");
        var installation = app.Services.GetRequiredService<Installation>();
        if (installation.FirstToken is not { } token)
            return;

        installation.FirstToken = null;
        var data = app.Services.GetRequiredService<DataDirectory>();
        output.WriteLine($"""

            This is its first start. The administrator's token is shown only now; it also lies in {data.AdminToken}.

              export SLIPWAY_SERVER={url}
              export SLIPWAY_TOKEN={token}

            Open {url} in a browser and sign in with that token. Or, with those two set:

              slipway agents token            prints the line that joins an instance
              slipway apply -f slipway.yaml   describes a service; three lines are enough
              slipway publish … && slipway deploy … --wait

            """);
        if (app.Services.GetRequiredService<CertificateAuthority>().InUse)
            output.WriteLine($"Its certificate comes from its own CA: {Path.Combine(data.Keys, "ca.pem")}. Join tokens carry the CA's fingerprint.\n");
        output.Flush();
    }

    /// <summary>Listening on every address, it is reached by its name.</summary>
    private static string Reachable(string url)
    {
        var address = BindingAddress.Parse(url);
        return address.Host is "*" or "+" or "0.0.0.0" or "[::]" or "::"
            ? $"{address.Scheme}://{Environment.MachineName.ToLowerInvariant()}:{address.Port}"
            : url.TrimEnd('/');
    }
}
