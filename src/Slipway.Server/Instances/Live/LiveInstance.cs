using Slipway.Contracts.Ids;
using Slipway.Server.Instances.Connections;
using Slipway.Server.Instances.Signatures;

namespace Slipway.Server.Instances.Live;

/// <summary>An instance in memory: its row, its services, its connection.</summary>
internal sealed class LiveInstance(InstanceName name, EnvironmentName environment, InstanceFacts facts)
{
    private readonly Lock gate = new();
    private volatile InstanceFacts facts = facts;
    private volatile IAgentLine? here;
    private volatile IAgentLine? elsewhere;
    private int presence;
    private int presenceWritten;
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

    /// <summary>The agent's own line to this node or, where it has none, the way through the node that holds it.</summary>
    public IAgentLine? Connection => here ?? elsewhere;

    public bool IsConnected => Connection is not null;

    /// <summary>The way through another node.</summary>
    public IAgentLine? Elsewhere => elsewhere;

    /// <summary>Its agent speaks with this node.</summary>
    public bool IsHere => here is not null;

    /// <summary>Grows whenever its agent comes to this node or goes.</summary>
    public int Presence => Volatile.Read(ref presence);

    /// <summary>False: the other nodes cannot know yet that the agent is here, or not any more.</summary>
    public bool IsPresenceWritten => Presence == Volatile.Read(ref presenceWritten);

    /// <summary>The node that its agent was last known to speak with, as stored.</summary>
    public string? Node { get; set; }

    public DateTimeOffset? LastHelloAt { get; set; }

    /// <summary>What the agent said is wrong with its queue. Null: nothing.</summary>
    public string? TransportTrouble { get; set; }

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
    public IAgentLine? Connect(IAgentLine newest)
    {
        lock (gate)
        {
            var before = here;
            here = newest;
            presence++;
            return before;
        }
    }

    /// <summary>True: it was this one that counted, so the instance is away now.</summary>
    public bool Disconnect(IAgentLine ended)
    {
        lock (gate)
        {
            if (here != ended)
                return false;

            here = null;
            presence++;
            return true;
        }
    }

    public void WrotePresence(int written) => Volatile.Write(ref presenceWritten, written);

    /// <summary>
    /// Another node holds its line; null: none does. A line to this node that is older than that counts no more, and is returned.
    /// </summary>
    public IAgentLine? SeenElsewhere(IAgentLine? line)
    {
        lock (gate)
        {
            elsewhere = line;
            if (line is null || here is not { } old || !IsPresenceWritten)
                return null;

            here = null;
            return old;
        }
    }
}
