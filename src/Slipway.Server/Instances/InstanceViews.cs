using Slipway.Contracts.Instances;
using Slipway.Server.Instances.Live;

namespace Slipway.Server.Instances;

/// <summary>An instance as the API shows it.</summary>
internal static class InstanceViews
{
    public static Instance Of(LiveInstance instance) => new()
    {
        Name = instance.Name,
        Environment = instance.Environment,
        Labels = instance.Facts.Labels,
        Connected = instance.IsConnected,
        Transport = instance.Facts.Transport == Transport.Aws ? "aws" : "direct",
        TransportTrouble = instance.TransportTrouble,
        AgentVersion = instance.Facts.AgentVersion is { Length: > 0 } version ? version : null,
        JoinedAt = instance.Facts.JoinedAt,
        LastSeenAt = instance.LastSeenAt,
        Services = [.. instance.Members.Where(member => member.State.Assigned.Member).OrderBy(member => member.Service).Select(Of)],
    };

    private static InstanceService Of(LiveMember member)
    {
        var (assigned, reported) = (member.State.Assigned, member.State.Reported);
        return new()
        {
            Service = member.Service,
            AssignedVersion = assigned.Release?.Version.Value,
            RunningVersion = OrNull(reported?.RunningVersion),
            State = StateNames.Of(reported?.State),
            Reason = OrNull(reported?.Reason),
            Generation = (long)assigned.Generation,
            Restarts = reported?.Restarts ?? 0,
            Port = reported?.Port is > 0 and var port ? (int)port : null,
            Since = reported?.Since is > 0 and < 253_402_300_800_000 and var since ? DateTimeOffset.FromUnixTimeMilliseconds(since) : null,
            PreparedVersions = reported is null ? [] : [.. reported.PreparedVersions],
        };
    }

    private static string? OrNull(string? text) => text is { Length: > 0 } ? text : null;
}
