using Slipway.Cli.Running;
using Slipway.Client;

namespace Slipway.Cli.Settings;

/// <summary>Which server as whom: the command's options, then the environment, then login, then a server on this machine.</summary>
internal static class Connection
{
    public const string LocalServer = "http://127.0.0.1:8080";

    public static SlipwayClientOptions Choose(Surroundings surroundings, string? server, string? token)
    {
        var address = Given(server) ?? Given(surroundings.Variable("SLIPWAY_SERVER"));
        token = Given(token) ?? Given(surroundings.Variable("SLIPWAY_TOKEN"));
        var login = address is null || token is null || surroundings.Variable("SLIPWAY_CA") is null
            ? LoginFile.Read(surroundings.SettingsFile)
            : new();

        var uri = Parse(address ?? login.Server ?? LocalServer);
        // A stored token goes to the server it was stored for and to no other.
        var same = login.Server is { } known && Parse(known) == uri;
        token ??= (same ? login.Token : null) ?? throw StopException.Refused(
            "not_logged_in",
            $"There is no token for {Show(uri)}.",
            "Run slipway login, or set SLIPWAY_TOKEN.");

        return Create(uri, token, ReadAuthority(surroundings) ?? (same ? login.CertificateAuthority : null));
    }

    public static SlipwayClientOptions Create(Uri server, string token, string? authority) => new()
    {
        Server = server,
        Token = token,
        CertificateAuthority = authority,
        Product = "slipway/" + ProductVersion.Text,
    };

    public static Uri Parse(string address)
    {
        var text = address.Contains("://", StringComparison.Ordinal) ? address : "https://" + address;
        return Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https")
            ? uri
            : throw StopException.Usage(
                "bad_server_address", $"\"{address}\" is not the address of a server.", "Write it like https://slipway.example.com or http://127.0.0.1:8080.");
    }

    public static string Show(Uri server) => server.ToString().TrimEnd('/');

    private static string? ReadAuthority(Surroundings surroundings)
    {
        if (Given(surroundings.Variable("SLIPWAY_CA")) is not { } path)
            return null;

        return File.Exists(path)
            ? File.ReadAllText(path)
            : throw StopException.Usage("ca_not_found", $"SLIPWAY_CA names {path}, which does not exist.", "Give the path of the CA certificate as PEM.");
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
