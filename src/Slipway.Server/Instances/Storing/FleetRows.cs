using Slipway.Server.Instances.Live;

namespace Slipway.Server.Instances.Storing;

/// <summary>Rows to what is kept in memory.</summary>
internal static class FleetRows
{
    public static InstanceFacts ToFacts(InstanceRow row) => new(row.PublicKey, row.Labels, row.AgentVersion, row.JoinedAt, row.RevokedAt);

    public static Assignment ToAssignment(AssignmentRow row) => new(
        row.Member, row.Version is { } version ? new FleetRelease(version, row.ConfigRevision) : null, (ulong)row.Generation, row.Cause, (ulong)row.RestartGeneration);
}
