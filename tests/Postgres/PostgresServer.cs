using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Slipway.Postgres;

/// <summary>A PostgreSQL server with data of its own. It can be killed, stopped and started again at the same address.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Owner = "slipway";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private const string SystemUser = "postgres";

    private readonly string folder;
    private readonly SmallDisk? disk;
    private readonly int port = FreePort.Next();
    private readonly IReadOnlyDictionary<string, string> settings;
    private Process? process;
    private int databases;

    private PostgresServer(string folder, SmallDisk? disk, IReadOnlyDictionary<string, string> settings) => (this.folder, this.disk, this.settings) = (folder, disk, settings);

    /// <summary>Where its programs are; null: PostgreSQL is not installed.</summary>
    public static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).LastOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
        : null;

    public int Port => port;

    /// <summary>It is on a disk of its own that can be filled.</summary>
    public bool HasSmallDisk => disk is { IsMounted: true };

    public string DataFolder => Path.Combine(folder, "data");

    /// <param name="settings">Of postgresql.conf.</param>
    public static Task<PostgresServer> StartAsync(params (string Name, string Value)[] settings) => StartAsync(megabytes: 0, settings);

    /// <param name="megabytes">Of a disk of its own, where mounting one is allowed; 0: it has none.</param>
    /// <param name="settings">Of postgresql.conf.</param>
    public static async Task<PostgresServer> StartAsync(int megabytes, params (string Name, string Value)[] settings)
    {
        if (Programs is null)
            throw new InvalidOperationException("PostgreSQL is not installed: apt-get install postgresql (./test does it when it is run as root).");

        var all = settings.ToDictionary(setting => setting.Name, setting => setting.Value);
        all.TryAdd("fsync", "off");
        all.TryAdd("max_connections", "300");
        var folder = Directory.CreateTempSubdirectory("slipway-postgres-").FullName;
        var server = new PostgresServer(folder, megabytes > 0 ? SmallDisk.Mount(folder, megabytes) : null, all);
        try
        {
            await server.InitializeAsync();
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The connection string of one of its databases.</summary>
    public string ConnectionTo(string database) =>
        new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = port, Database = database, Username = Owner, Password = "not-asked-for" }.ConnectionString;

    /// <summary>A new database, empty or a copy. Answers its connection string.</summary>
    public async Task<string> CreateDatabaseAsync(string? template = null)
    {
        var name = $"test_{Interlocked.Increment(ref databases)}";
        await ExecuteAsync($"CREATE DATABASE {name}" + (template is null ? "" : $" TEMPLATE {template}"));
        return ConnectionTo(name);
    }

    /// <summary>A new database of a user who is not the server's owner, as it should be. Answers that user's connection string.</summary>
    public async Task<string> CreateDatabaseOfAsync(string user)
    {
        var connection = new NpgsqlConnectionStringBuilder(await CreateDatabaseAsync()) { Username = user };
        await ExecuteAsync($"CREATE ROLE {user} LOGIN");
        await ExecuteAsync($"ALTER DATABASE {connection.Database} OWNER TO {user}");
        return connection.ConnectionString;
    }

    public async Task DropDatabaseAsync(string connection)
    {
        NpgsqlConnection.ClearPool(new NpgsqlConnection(connection));
        await ExecuteAsync($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(connection).Database} WITH (FORCE)");
    }

    /// <summary>As who owns the whole server.</summary>
    public async Task ExecuteAsync(string sql, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(ConnectionTo(database) + ";Pooling=false");
        await connection.OpenAsync();
#pragma warning disable CA2100 // Tests' own text.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    public bool HasEnded => process is null or { HasExited: true };

    /// <summary>Nothing can be written any more.</summary>
    public void FillDisk() => (disk ?? throw new InvalidOperationException("It has no disk of its own.")).Fill();

    public void FreeDisk() => disk?.Free();

    /// <summary>With all its children, as a power cut would.</summary>
    public async Task KillAsync()
    {
        if (process is not { HasExited: false } running)
            return;

        running.Kill(entireProcessTree: true);
        await running.WaitForExitAsync();
    }

    public async Task StartAgainAsync()
    {
        await KillAsync();
        process?.Dispose();
        File.Delete(Path.Combine(DataFolder, "postmaster.pid"));
        List<string> arguments = ["-D", DataFolder, "-p", port.ToString(CultureInfo.InvariantCulture), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="];
        foreach (var (name, value) in settings)
            arguments.AddRange(["-c", $"{name}={value}"]);

        process = Run("postgres", arguments);
        var since = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await ExecuteAsync("SELECT 1");
                return;
            }
            catch (NpgsqlException) when (since.Elapsed < Patience && !process.HasExited)
            {
                await Task.Delay(20);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process?.Dispose();
        disk?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task InitializeAsync()
    {
        if (Environment.IsPrivilegedProcess)
            await EndsWellAsync(Start("chown", [$"{SystemUser}:{SystemUser}", folder]));

        await EndsWellAsync(Run("initdb", ["-D", DataFolder, "-U", Owner, "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]));
    }

    private static async Task EndsWellAsync(Process process)
    {
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{process.StartInfo.FileName} ended with {process.ExitCode}.");
    }

    /// <summary>PostgreSQL refuses to be run by root; its package has made a user for it.</summary>
    private static Process Run(string program, IEnumerable<string> arguments)
    {
        var path = Path.Combine(Programs!, program);
        return Environment.IsPrivilegedProcess
            ? Start("setpriv", [$"--reuid={SystemUser}", $"--regid={SystemUser}", "--init-groups", "--", path, .. arguments])
            : Start(path, arguments);
    }

    private static Process Start(string program, IEnumerable<string> arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
