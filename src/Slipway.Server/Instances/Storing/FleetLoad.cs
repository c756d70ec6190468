using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;
using Slipway.Server.Instances.Live;
using Slipway.Server.Persistence;

namespace Slipway.Server.Instances.Storing;

/// <summary>Fills the live view from the database before anything else starts (but after the schema is there).</summary>
internal sealed class FleetLoad(IDbContextFactory<SlipwayDb> databases, LiveFleet fleet) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var assignments = (await db.Set<AssignmentRow>().AsNoTracking().ToListAsync(cancellationToken)).ToLookup(row => row.Instance);
        var statuses = await StatusesAsync(db, cancellationToken);
        await foreach (var row in db.Set<InstanceRow>().AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var instance = new LiveInstance(row.Name, row.Environment, FleetRows.ToFacts(row)) { LastSeenAt = row.LastSeenAt };
            foreach (var assignment in assignments[row.Name])
            {
                var reported = statuses.GetValueOrDefault((row.Name, assignment.Service));
                instance.Add(assignment.Service, new MemberState(FleetRows.ToAssignment(assignment)) { Reported = reported });
            }

            fleet.Put(instance);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task<Dictionary<(InstanceName, ServiceName), ServiceStatus>> StatusesAsync(SlipwayDb db, CancellationToken cancellation)
    {
        var statuses = new Dictionary<(InstanceName, ServiceName), ServiceStatus>();
        await foreach (var row in db.Set<InstanceStatusRow>().AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellation))
            statuses[(row.Instance, row.Service)] = ServiceStatus.Parser.ParseFrom(row.Status);

        return statuses;
    }
}
