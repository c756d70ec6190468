using System.Globalization;
using Slipway.Postgres;

namespace Slipway.Chaos.Stack;

/// <summary>A PostgreSQL of this run's own, in a folder of its own, on a free port of loopback.</summary>
internal sealed class PostgresDatabase : IDatabase
{
    private const string User = "postgres";

    private readonly string folder;
    private readonly string port = FreePort.Next().ToString(CultureInfo.InvariantCulture);
    private readonly Mortal program;

    private PostgresDatabase(string folder, string log)
    {
        this.folder = folder;
        string[] server = [Path.Combine(Programs, "postgres"), "-D", folder, "-p", port, "-k", folder, "-h", "127.0.0.1"];
        program = new("database", log, () => (AsUser(server)[0], AsUser(server)[1..], new Dictionary<string, string>()));
    }

    public static bool IsPossible => PostgresServer.Programs is not null;

    private static string Programs => PostgresServer.Programs ?? throw new InvalidOperationException("PostgreSQL is not installed: apt-get install postgresql.");

    public bool CanDie => true;

    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["ConnectionStrings__Slipway"] = $"Host=127.0.0.1;Port={port};Username={User};Database={User}",
    };

    public static async Task<PostgresDatabase> MakeAsync(string logs)
    {
        // Not in the run's folder: the user that PostgreSQL insists on may not be allowed to get there.
        var folder = Directory.CreateTempSubdirectory("slipway-chaos-db-").FullName;
        if (Environment.IsPrivilegedProcess)
            await Tool.MustAsync("chown", User, folder);

        var initialize = AsUser([Path.Combine(Programs, "initdb"), "-D", folder, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C"]);
        await Tool.MustAsync(initialize[0], initialize[1..]);
        return new(folder, Path.Combine(logs, "database.log"));
    }

    public async Task StartAsync()
    {
        // After a kill -9 what is left of the old one keeps its memory for a moment, and the new one refuses to start until then.
        var ready = await Patience.UntilAsync(
            () =>
            {
                program.Start();
                return Tool.TryAsync(Path.Combine(Programs, "pg_isready"), "-h", "127.0.0.1", "-p", port, "-q");
            },
            TimeSpan.FromSeconds(60));
        if (!ready)
            throw new TimeoutException("The database does not start; its log says why.");
    }

    public Task KillAsync() => program.KillAsync();

    public Task StopAsync() => program.StopAsync("INT");

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await program.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>PostgreSQL refuses to run as root. The process stays the one that is started, so that it can be killed.</summary>
    private static string[] AsUser(string[] words) =>
        Environment.IsPrivilegedProcess ? ["setpriv", $"--reuid={User}", $"--regid={User}", "--clear-groups", .. words] : words;
}
