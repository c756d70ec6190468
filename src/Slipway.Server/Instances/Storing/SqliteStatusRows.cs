using Microsoft.EntityFrameworkCore.Storage;
using Slipway.Server.Persistence;

namespace Slipway.Server.Instances.Storing;

/// <summary>One prepared statement, executed for each row: there is no way to the database to be saved.</summary>
internal sealed class SqliteStatusRows : IStatusRows
{
    public async Task WriteAsync(SlipwayDb db, IDbContextTransaction transaction, StatusBatch batch)
    {
        await using (var upsert = new BatchStatement(db, transaction, UpsertStatus, "instance", "service", "status", "running", "state", "now"))
        {
            foreach (var status in batch.Statuses)
                await upsert.ExecuteAsync(status.Instance, status.Service, status.Words, status.Running, status.State, batch.Now);
        }

        await using var update = new BatchStatement(db, transaction, UpdateSeen, "seen", "agent", "instance");
        foreach (var sighting in batch.Seen)
            await update.ExecuteAsync(sighting.SeenAt, sighting.AgentVersion, sighting.Name);
    }

    private const string UpsertStatus = """
        INSERT INTO instance_status ("Instance", "Service", "Status", "RunningVersion", "State", "UpdatedAt")
        VALUES (@instance, @service, @status, @running, @state, @now)
        ON CONFLICT ("Instance", "Service") DO UPDATE SET
            "Status" = excluded."Status", "RunningVersion" = excluded."RunningVersion", "State" = excluded."State", "UpdatedAt" = excluded."UpdatedAt"
        """;

    private const string UpdateSeen = """UPDATE instances SET "LastSeenAt" = @seen, "AgentVersion" = @agent WHERE "Name" = @instance""";
}
