using Google.Protobuf;
using Slipway.Contracts.Agent.V1;
using Slipway.Server.Instances.Live;

namespace Slipway.Server.Instances.Storing;

/// <summary>What is to be written of what agents said, as it was at one moment.</summary>
internal sealed class StatusBatch
{
    public StatusBatch(IReadOnlyList<LiveMember> members, IReadOnlyList<LiveInstance> instances, DateTimeOffset now)
    {
        Now = now.ToUnixTimeMilliseconds();
        Statuses = [.. members.Select(member => Status.Of(member, member.State)).OfType<Status>()];
        Seen = [.. instances.Distinct().Select(instance => new Sighting(instance, instance.Presence, instance.IsHere))];
    }

    public long Now { get; }

    public IReadOnlyList<Status> Statuses { get; }

    public IReadOnlyList<Sighting> Seen { get; }

    /// <summary>After it was committed.</summary>
    public void Written()
    {
        foreach (var sighting in Seen)
            sighting.Instance.WrotePresence(sighting.Presence);
    }

    internal sealed record Status(string Instance, string Service, byte[] Words, byte[]? Prepare, string? Running, string State)
    {
        /// <summary>Null: it has said nothing. An agent may be preparing a service of which it has said nothing else.</summary>
        public static Status? Of(LiveMember member, MemberState state)
        {
            if (state is { Reported: null, Prepare: null })
                return null;

            var status = state.Reported ?? new() { Service = member.Service.Value, State = ServiceState.Absent };
            return new(
                member.Instance.Name.Value,
                member.Service.Value,
                status.ToByteArray(),
                state.Prepare?.ToByteArray(),
                status.RunningVersion is { Length: > 0 } version ? version : null,
                StateNames.Of(status.State));
        }
    }

    internal sealed record Sighting(LiveInstance Instance, int Presence, bool IsHere)
    {
        public string Name => Instance.Name.Value;

        public long? SeenAt => Instance.LastSeenAt?.ToUnixTimeMilliseconds();

        public string? AgentVersion => Instance.Facts.AgentVersion;
    }
}
