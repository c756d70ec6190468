using Slipway.Contracts.Connections;
using Slipway.Contracts.Services;
using Slipway.DeploymentTypes.Connections;

namespace Slipway.DeploymentTypes.Spinnaker.Gate;

/// <summary>What a connection to a Spinnaker installation says, and what may be wrong with it.</summary>
internal static class GateFields
{
    public const string Gate = "gate";
    public const string Deck = "deck";
    public const string Authentication = "authentication";
    public const string User = "user";
    public const string Password = "password";
    public const string Token = "token";
    public const string Certificate = "certificate";
    public const string Key = "key";
    public const string Authority = "authority";
    public const string Interval = "interval";

    public const string None = "none";
    public const string Basic = "basic";
    public const string Bearer = "bearer";
    public const string ApiToken = "api-token";
    public const string X509 = "x509";
    public const string Header = "header";

    public static ConnectionType Type { get; } = new()
    {
        Name = "spinnaker",
        Title = "Spinnaker",
        Fields =
        [
            new() { Name = Gate, Label = "Gate", Help = "The address of Gate, Spinnaker's API, such as https://gate.example.com. With x509 it is usually a second port.", Required = true },
            new() { Name = Deck, Label = "Deck", Help = "The address of Spinnaker's user interface, for links to executions. Left out: no links." },
            new()
            {
                Name = Authentication,
                Label = "Authentication",
                Help = "How Gate knows who asks. none: everybody is anonymous. basic: user and password. bearer: an OAuth access token. api-token: a Spinnaker API token (spk_…). x509: a client certificate. header: Gate trusts the name of a user, behind a proxy.",
                Choices = [None, Basic, Bearer, ApiToken, X509, Header],
                Default = None,
            },
            new() { Name = User, Label = "User", Help = "Who Slipway is for Spinnaker.", WhenField = Authentication, WhenValues = [Basic, Header] },
            new() { Name = Password, Label = "Password", Help = "The user's password.", Secret = true, WhenField = Authentication, WhenValues = [Basic] },
            new() { Name = Token, Label = "Token", Help = "The access token or API token.", Secret = true, WhenField = Authentication, WhenValues = [Bearer, ApiToken] },
            new() { Name = Certificate, Label = "Certificate", Help = "The client certificate, PEM, with the chain to it if there is one.", Multiline = true, WhenField = Authentication, WhenValues = [X509] },
            new() { Name = Key, Label = "Private key", Help = "The certificate's private key, PEM, without a passphrase.", Multiline = true, Secret = true, WhenField = Authentication, WhenValues = [X509] },
            new() { Name = Authority, Label = "Certificate authority", Help = "PEM of the authority that signed Gate's certificate, where it is not one that everybody trusts.", Multiline = true },
            new() { Name = Interval, Label = "Interval", Help = "How often a running execution is looked at, 500ms to 1m; longer ones are looked at up to three times less often.", Default = "5s" },
        ],
    };

    public static Duration IntervalOf(OpenConnection connection) =>
        connection.Get(Interval) is { } text && Duration.TryParse(text, out var interval) ? interval : Duration.FromSeconds(5);

    public static IEnumerable<SettingsMistake> Check(OpenConnection connection)
    {
        if (!IsAddress(connection.Get(Gate)))
            yield return new(Gate, "The address of Gate begins with http:// or https://.");

        if (connection.Get(Deck) is { } deck && !IsAddress(deck))
            yield return new(Deck, "The address of Deck begins with http:// or https://.");

        if (connection.Get(Interval) is { } text && (!Duration.TryParse(text, out var interval) || interval.Time < TimeSpan.FromMilliseconds(500) || interval.Time > TimeSpan.FromMinutes(1)))
            yield return new(Interval, "The interval is a duration from 500ms to 1m.");

        var how = connection.Get(Authentication) ?? None;
        foreach (var field in Type.Fields.Where(field => field.WhenField == Authentication && field.WhenValues.Contains(how)))
        {
            if (connection.Get(field.Name) is null)
                yield return new(field.Name, $"{how} authentication needs {field.Name}.");
        }

        if (Pem(connection) is { } problem)
            yield return problem;
    }

    private static SettingsMistake? Pem(OpenConnection connection)
    {
        try
        {
            if (connection.Get(Certificate) is { } certificate && connection.Get(Key) is { } key)
                System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(certificate, key).Dispose();
        }
        catch (Exception e) when (e is System.Security.Cryptography.CryptographicException or ArgumentException)
        {
            return new(Certificate, "Certificate and private key are PEM and belong together; these do not.");
        }

        return connection.Get(Authority) is { } authority && !authority.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal)
            ? new(Authority, "A certificate authority is PEM: it begins with -----BEGIN CERTIFICATE-----.")
            : null;
    }

    private static bool IsAddress(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
}
