using Slipway.Contracts.Ids;
using Slipway.Server.Instances.Connections;
using Slipway.Server.Instances.Signatures;

namespace Slipway.Server.Instances.Live;

/// <summary>An instance in memory: its row, its services, its connection.</summary>
internal sealed class LiveInstance(InstanceName name, EnvironmentName environment, InstanceFacts facts)
{
    private readonly Lock gate = new();
    private volatile InstanceFacts facts = facts;
    private volatile AgentConnection? connection;
    private volatile LiveMember[] members = [];
    private long lastSeen;

    public InstanceName Name => name;

    public EnvironmentName Environment => environment;

    public InstanceFacts Facts
    {
        get => facts;
        set => facts = value;
    }

    public NonceWindow Nonces { get; } = new();

    /// <summary>A handful at most; never changed in place.</summary>
    public IReadOnlyList<LiveMember> Members => members;

    public AgentConnection? Connection => connection;

    public bool IsConnected => connection is not null;

    public DateTimeOffset? LastSeenAt
    {
        get => Volatile.Read(ref lastSeen) is > 0 and var milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
        set => Volatile.Write(ref lastSeen, value?.ToUnixTimeMilliseconds() ?? 0);
    }

    public LiveMember? Member(ServiceName service)
    {
        foreach (var member in members)
        {
            if (member.Service == service)
                return member;
        }

        return null;
    }

    public LiveMember Add(ServiceName service, MemberState state)
    {
        lock (gate)
        {
            var member = new LiveMember(this, service, state);
            members = [.. members, member];
            return member;
        }
    }

    /// <summary>The newest connection wins. Returns the one before.</summary>
    public AgentConnection? Connect(AgentConnection newest)
    {
        lock (gate)
        {
            var before = connection;
            connection = newest;
            return before;
        }
    }

    /// <summary>True: it was this one that counted, so the instance is away now.</summary>
    public bool Disconnect(AgentConnection ended)
    {
        lock (gate)
        {
            if (connection != ended)
                return false;

            connection = null;
            return true;
        }
    }
}
