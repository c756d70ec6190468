using Slipway.Contracts.Connections;
using Slipway.DeploymentTypes.Connections;
using Slipway.DeploymentTypes.Spinnaker.Gate;

namespace Slipway.DeploymentTypes.Spinnaker;

/// <summary>How a Spinnaker is connected, and what is wrong when it does not work.</summary>
public sealed class SpinnakerConnection : IConnectionType
{
    public ConnectionType Describe => GateFields.Type;

    public IReadOnlyList<SettingsMistake> Check(OpenConnection connection) => [.. GateFields.Check(connection)];

    public async Task<ConnectionDiagnosis> TestAsync(OpenConnection connection, CancellationToken cancellation)
    {
        using var http = GateHttp.Make(connection);
        var gate = new GateClient(http, $"Spinnaker {connection.Name}");
        var steps = new List<DiagnosisStep>();
        var works = await TryAsync("address", () => ReachAsync(gate, connection, cancellation))
            && await TryAsync("sign-in", () => SignInAsync(gate, connection, cancellation))
            && await TryAsync("applications", () => ListAsync(gate, cancellation));
        return new() { Works = works, Steps = steps };

        async Task<bool> TryAsync(string name, Func<Task<(bool Works, string Message)>> step)
        {
            (bool Works, string Message) found;
            try
            {
                found = await step();
            }
            catch (GateException e)
            {
                found = (false, e.Message + Advice(e.Trouble, connection));
            }

            steps.Add(new(name, found.Works, found.Message));
            return found.Works;
        }
    }

    private static async Task<(bool, string)> ReachAsync(GateClient gate, OpenConnection connection, CancellationToken cancellation)
    {
        await gate.HealthAsync(cancellation);
        try
        {
            return (true, await gate.VersionAsync(cancellation) is { } version ? $"Gate {version} answers at {connection.Get(GateFields.Gate)}." : $"Gate answers at {connection.Get(GateFields.Gate)}.");
        }
        catch (GateException e) when (e.Trouble is GateTrouble.NotFound or GateTrouble.NotSignedIn or GateTrouble.Forbidden)
        {
            // Old versions have no /version, and some ask for a sign-in first: what answers is Gate all the same.
            return (true, $"Gate answers at {connection.Get(GateFields.Gate)}.");
        }
    }

    private static async Task<(bool, string)> SignInAsync(GateClient gate, OpenConnection connection, CancellationToken cancellation)
    {
        var user = await gate.UserAsync(cancellation);
        var anonymous = user is null or "anonymous";
        var how = connection.Get(GateFields.Authentication) ?? GateFields.None;
        return (how, anonymous) switch
        {
            (GateFields.None, true) => (true, "Gate lets everybody in: Slipway is anonymous there."),
            (_, true) => (false, $"Gate takes Slipway for anonymous although the connection says {how}. Look whether user, password, token or certificate are right and still valid, which authentication this Gate has, and with x509 whether this is its port."),
            _ => (true, $"Signed in as {user}."),
        };
    }

    private static async Task<(bool, string)> ListAsync(GateClient gate, CancellationToken cancellation)
    {
        var applications = await gate.ApplicationsAsync(cancellation);
        return applications.Count == 0
            ? (true, "It shows no application: there is none yet, or the account lacks the right to read them.")
            : (true, $"It shows {applications.Count} application{(applications.Count == 1 ? "" : "s")}, among them {string.Join(", ", applications.Order(StringComparer.Ordinal).Take(3))}.");
    }

    private static string Advice(GateTrouble trouble, OpenConnection connection) => trouble switch
    {
        GateTrouble.Unreachable => " Look whether the address and port are right, whether a firewall is between, and whether its certificate is from an authority this server trusts (else give its PEM as authority).",
        GateTrouble.NotSignedIn => (connection.Get(GateFields.Authentication) ?? GateFields.None) == GateFields.None
            ? " It wants somebody signed in: choose an authentication."
            : " Look whether user, password or token are right and still valid.",
        GateTrouble.NotFound or GateTrouble.Broken => " Look whether this address is Gate itself and not Deck or a balancer's page.",
        _ => "",
    };
}
