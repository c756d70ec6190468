using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Slipway.Cli.Output;
using Slipway.Cli.Running;
using Slipway.Cli.Settings;
using Slipway.Client;
using Slipway.Contracts;

namespace Slipway.Cli.Commands.Access;

/// <summary>slipway login --server https://… --token slp_…</summary>
internal sealed class Login : SlipwayCommand
{
    private readonly Option<string> authority = new("--ca") { Description = "PEM of the CA that vouches for the server; no other is trusted then", HelpName = "file" };

    public Login(Surroundings surroundings)
        : base(surroundings, "login", "Check a server and a token (--server, --token) and remember them. --token - reads it from standard input.") =>
        Add(authority);

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellation)
    {
        var surroundings = call.Surroundings;
        var server = Connection.Parse(call.Given(GlobalOptions.Server) ?? surroundings.Variable("SLIPWAY_SERVER") ?? Connection.LocalServer);
        var token = (call.Given(GlobalOptions.Token) ?? surroundings.Variable("SLIPWAY_TOKEN")) switch
        {
            "-" => (await surroundings.In.ReadToEndAsync(cancellation)).Trim(),
            { Length: > 0 } given => given.Trim(),
            _ => throw StopException.Usage("token_missing", "--token is missing.", "An administrator makes one with: slipway tokens create <name> --scope deploy"),
        };
        var pem = ReadAuthority(call);

        using var client = new SlipwayClient(Connection.Create(server, token, pem));
        var me = await client.Access.WhoAmIAsync(cancellation);
        var path = surroundings.SettingsFile;
        LoginFile.Write(path, new LoginSettings { Server = Connection.Show(server), Token = token, CertificateAuthority = pem });
        if (call.Json)
        {
            call.WriteJson(me, ContractsJson.Default.WhoAmI);
            return ExitCode.Done;
        }

        var until = me.ExpiresAt is { } end ? $", good for {Words.Left(end - call.Time.GetUtcNow())}" : "";
        call.Line(call.Ink.Good($"✓ {Connection.Show(server)} knows you as {me.Name}") + $" (scope {me.Scope.ToString().ToLowerInvariant()}{until}, server {me.ServerVersion})");
        call.Note($"Remembered in {path}");
        return ExitCode.Done;
    }

    private string? ReadAuthority(Invocation call)
    {
        if ((call.Get(authority) ?? call.Surroundings.Variable("SLIPWAY_CA")) is not { Length: > 0 } name)
            return null;

        var path = Path.Combine(call.Surroundings.CurrentDirectory, name);
        if (!File.Exists(path))
            throw StopException.Usage("ca_not_found", $"{name} does not exist.", "Give the CA certificate as a PEM file.");

        var pem = File.ReadAllText(path);
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(pem);
            if (certificates.Count > 0)
                return pem;
        }
        catch (CryptographicException)
        {
            // Said below.
        }

        throw StopException.Usage("ca_not_pem", $"{name} holds no certificate.", "It has to be PEM: -----BEGIN CERTIFICATE----- …");
    }
}
