using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;
using Slipway.Server.Persistence;

namespace Slipway.Server.Instances.Storing;

/// <summary>Reads instances with everything that belongs to them.</summary>
internal sealed class FleetReader(IDbContextFactory<SlipwayDb> databases)
{
    /// <param name="names">Null: all.</param>
    public async Task<IReadOnlyList<StoredInstance>> ReadAsync(IReadOnlyList<InstanceName>? names, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var instances = db.Set<InstanceRow>().AsNoTracking();
        var assignments = db.Set<AssignmentRow>().AsNoTracking();
        var statuses = db.Set<InstanceStatusRow>().AsNoTracking();
        if (names is not null)
        {
            instances = instances.Where(row => EF.Parameter(names).Contains(row.Name));
            assignments = assignments.Where(row => EF.Parameter(names).Contains(row.Instance));
            statuses = statuses.Where(row => EF.Parameter(names).Contains(row.Instance));
        }

        var assigned = (await assignments.ToListAsync(cancellation)).ToLookup(row => row.Instance);
        var said = await statuses.ToDictionaryAsync(row => (row.Instance, row.Service), cancellation);
        var found = new List<StoredInstance>();
        await foreach (var row in instances.AsAsyncEnumerable().WithCancellation(cancellation))
            found.Add(new(row, [.. assigned[row.Name].Select(assignment => Member(assignment, said.GetValueOrDefault((row.Name, assignment.Service))))]));

        return found;
    }

    private static StoredMember Member(AssignmentRow assignment, InstanceStatusRow? said) => new(
        assignment.Service,
        FleetRows.ToAssignment(assignment),
        said is null ? null : ServiceStatus.Parser.ParseFrom(said.Status),
        said?.Prepare is null ? null : PrepareStatus.Parser.ParseFrom(said.Prepare));
}
