using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;
using Slipway.Server.Cluster;
using Slipway.Server.Persistence;

namespace Slipway.Server.Instances.Storing;

/// <summary>All rows in two statements, with which node each agent speaks.</summary>
internal sealed class PostgresStatusRows(NodeIdentity identity) : IStatusRows
{
    public async Task WriteAsync(SlipwayDb db, IDbContextTransaction transaction, StatusBatch batch)
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var current = (NpgsqlTransaction)transaction.GetDbTransaction();
        if (batch.Statuses is not [])
            await UpsertAsync(connection, current, batch);

        if (batch.Seen is not [])
            await UpdateAsync(connection, current, batch.Seen);
    }

    private static async Task UpsertAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, StatusBatch batch)
    {
        // In one order on every node, so that two never wait for each other.
        var rows = batch.Statuses.OrderBy(row => row.Instance, StringComparer.Ordinal).ThenBy(row => row.Service, StringComparer.Ordinal).ToList();
        await using var command = new NpgsqlCommand(UpsertStatus, connection, transaction);
        Add(command, "instances", NpgsqlDbType.Text, rows.ConvertAll(row => row.Instance));
        Add(command, "services", NpgsqlDbType.Text, rows.ConvertAll(row => row.Service));
        Add(command, "statuses", NpgsqlDbType.Bytea, rows.ConvertAll(row => row.Words));
        Add(command, "prepares", NpgsqlDbType.Bytea, rows.ConvertAll(row => row.Prepare));
        Add(command, "running", NpgsqlDbType.Text, rows.ConvertAll(row => row.Running));
        Add(command, "states", NpgsqlDbType.Text, rows.ConvertAll(row => row.State));
        command.Parameters.AddWithValue("now", batch.Now);
        await command.ExecuteNonQueryAsync();
    }

    private async Task UpdateAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<StatusBatch.Sighting> seen)
    {
        var rows = seen.OrderBy(row => row.Name, StringComparer.Ordinal).ToList();
        await using var command = new NpgsqlCommand(UpdateSeen, connection, transaction);
        Add(command, "instances", NpgsqlDbType.Text, rows.ConvertAll(row => row.Name));
        Add(command, "seen", NpgsqlDbType.Bigint, rows.ConvertAll(row => row.SeenAt));
        Add(command, "agents", NpgsqlDbType.Text, rows.ConvertAll(row => row.AgentVersion));
        Add(command, "here", NpgsqlDbType.Boolean, rows.ConvertAll(row => row.IsHere));
        command.Parameters.AddWithValue("me", identity.Name);
        await command.ExecuteNonQueryAsync();
    }

    private static void Add<T>(NpgsqlCommand command, string name, NpgsqlDbType type, List<T> values) =>
        command.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Array | type) { Value = values.ToArray() });

    private const string UpsertStatus = """
        INSERT INTO instance_status ("Instance", "Service", "Status", "Prepare", "RunningVersion", "State", "UpdatedAt")
        SELECT *, @now FROM unnest(@instances, @services, @statuses, @prepares, @running, @states)
        ON CONFLICT ("Instance", "Service") DO UPDATE SET
            "Status" = excluded."Status", "Prepare" = excluded."Prepare", "RunningVersion" = excluded."RunningVersion", "State" = excluded."State", "UpdatedAt" = excluded."UpdatedAt"
        """;

    /// <summary>An agent that has gone on to another node is that node's to tell of.</summary>
    private const string UpdateSeen = """
        UPDATE instances SET
            "LastSeenAt" = new.seen,
            "AgentVersion" = new.agent,
            "Node" = CASE WHEN new.here THEN @me WHEN instances."Node" = @me THEN NULL ELSE instances."Node" END
        FROM unnest(@instances, @seen, @agents, @here) AS new(name, seen, agent, here)
        WHERE instances."Name" = new.name
        """;
}
