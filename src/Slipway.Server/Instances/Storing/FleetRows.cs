using Slipway.Server.Instances.Live;

namespace Slipway.Server.Instances.Storing;

/// <summary>Rows to what is kept in memory.</summary>
internal static class FleetRows
{
    public static InstanceFacts ToFacts(InstanceRow row) => new(row.PublicKey, row.Labels, row.AgentVersion, row.JoinedAt, row.RevokedAt)
    {
        Number = (uint)row.Number,
        Transport = row.Transport,
        Queue = row is { QueueUrl: { } queue, SubscriptionArn: { } subscription } ? new(queue, subscription, row.OwnQueue) : null,
    };

    public static Assignment ToAssignment(AssignmentRow row) => new(
        row.Member, row.Version is { } version ? new FleetRelease(version, row.ConfigRevision) : null, (ulong)row.Generation, row.Cause, (ulong)row.RestartGeneration);

    public static LiveInstance ToInstance(StoredInstance stored)
    {
        var row = stored.Row;
        var instance = new LiveInstance(row.Name, row.Environment, ToFacts(row)) { LastSeenAt = row.LastSeenAt };
        foreach (var member in stored.Members)
            instance.Add(member.Service, new MemberState(member.Assigned) { Reported = member.Reported, Prepare = member.Prepare });

        return instance;
    }
}
