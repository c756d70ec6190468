using System.Globalization;
using Npgsql;
using Slipway.Postgres;

namespace Slipway.Scenarios.Tests.Stack;

/// <summary>Several real servers on one real PostgreSQL, each with a way to it, and one to each other, that can be cut.</summary>
public sealed class NodeCluster : IAsyncDisposable
{
    /// <summary>As whom the nodes use the database.</summary>
    public const string User = "nodes";

    private readonly List<ServerProcess> nodes = [];
    private readonly List<CutLine> lines = [];
    private readonly List<CutLine> peerLines = [];

    private NodeCluster(PostgresServer database) => Database = database;

    public PostgresServer Database { get; }

    /// <summary>The nodes' own, of all that the server has.</summary>
    public string DatabaseName { get; private set; } = "";

    public IReadOnlyList<ServerProcess> Nodes => nodes;

    public static async Task<NodeCluster> StartAsync(string folder, FleetSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var cluster = new NodeCluster(await PostgresServer.StartAsync(settings.DatabaseMegabytes, [.. settings.Database]));
        try
        {
            var database = new NpgsqlConnectionStringBuilder(await cluster.Database.CreateDatabaseOfAsync(User));
            cluster.DatabaseName = database.Database!;
            for (var number = 1; number <= settings.Nodes; number++)
                await cluster.AddAsync(Path.Combine(folder, $"node-{number}"), database, settings);

            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Between this node and the database.</summary>
    public CutLine LineOf(ServerProcess node) => lines[nodes.IndexOf(node)];

    /// <summary>The nodes cannot speak with each other any more; all else they can.</summary>
    public void CutPeers() => peerLines.ForEach(line => line.Cut());

    public void MendPeers() => peerLines.ForEach(line => line.Mend());

    public ServerProcess Other(ServerProcess node) => nodes.First(other => other != node);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
            await node.DisposeAsync();

        foreach (var line in lines.Concat(peerLines))
            line.Dispose();

        await Database.DisposeAsync();
    }

    private async Task AddAsync(string data, NpgsqlConnectionStringBuilder database, FleetSettings settings)
    {
        var line = new CutLine(database.Port);
        lines.Add(line);
        var own = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Port = line.Port };
        var listening = FreePort.Next();
        var peers = new CutLine(listening);
        peerLines.Add(peers);
        nodes.Add(await ServerProcess.StartAsync(data, settings with
        {
            Environment = new Dictionary<string, string>(settings.Environment)
            {
                ["ConnectionStrings__Slipway"] = own.ConnectionString,
                ["Slipway__Cluster__Port"] = peers.Port.ToString(CultureInfo.InvariantCulture),
                ["Slipway__Cluster__Listen"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{listening}"),
            },
        }));
    }
}
