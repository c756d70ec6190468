using System.Net.WebSockets;
using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Agents;
using Slipway.Contracts.Ids;
using Slipway.Server.Environments;
using Slipway.Server.Instances.Joining;
using Slipway.Server.Instances.Live;
using Slipway.Server.Persistence;

namespace Slipway.Server.Instances.Storing;

/// <summary>Every change of an instance itself: stored first, then in memory, in turn with the changes of assignments.</summary>
internal sealed class InstanceStore(
    IDbContextFactory<SlipwayDb> databases, EnvironmentStore environments, AssignmentStore assignments, LiveFleet live, IFreshness freshness, TimeProvider time)
{
    /// <summary>A new instance, or a known one with a new key and other services.</summary>
    public async Task<LiveInstance> JoinAsync(JoinRequest request, byte[] key, CancellationToken cancellation)
    {
        await environments.EnsureAsync(request.Environment, cancellation);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await freshness.ReadAsync(request.Name, cancellation);
                return await TryJoinAsync(request, key, cancellation);
            }
            catch (DbUpdateException e) when (attempt < WriteConflict.MostAttempts && WriteConflict.Is(e))
            {
                // Another node has given the number, or joined the same instance, in the same moment.
            }
        }
    }

    private async Task<LiveInstance> TryJoinAsync(JoinRequest request, byte[] key, CancellationToken cancellation)
    {
        using var turn = await assignments.TurnAsync(cancellation);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var before = live.Find(request.Name);
        var facts = new InstanceFacts(key, request.Labels, request.AgentVersion, time.GetUtcNow(), RevokedAt: null)
        {
            Number = before?.Facts.Number ?? await NextNumberAsync(db, cancellation),
            Transport = before?.Facts.Transport ?? Transport.Direct,
            Queue = before?.Facts.Queue,
        };
        var stays = before?.Environment == request.Environment;
        await StoreInstanceAsync(db, request.Name, request.Environment, facts, cancellation);
        var wanted = Memberships(before, request.Services, (member, isWanted) =>
            stays ? MembershipRules.Change(member.State, isWanted) : MembershipRules.Move(member.State, isWanted));
        await StoreMembershipsAsync(db, request.Name, request.Environment, wanted, cancellation);
        await db.SaveChangesAsync(cancellation);

        // Whoever is connected with what counts no more has to come again.
        if (before is not null && !(stays && before.Facts.PublicKey.AsSpan().SequenceEqual(key)))
            before.Connection?.HangUp(WebSocketCloseStatus.PolicyViolation, "joined_again");

        if (before is not null && stays)
        {
            before.Facts = facts;
            Apply(before, wanted);
            return before;
        }

        var instance = new LiveInstance(request.Name, request.Environment, facts);
        Apply(instance, wanted);
        return instance;
    }

    public async Task ReplaceKeyAsync(LiveInstance instance, byte[] key, CancellationToken cancellation)
    {
        using var turn = await assignments.TurnAsync(cancellation);
        await ChangeFactsAsync(instance, facts => facts with { PublicKey = key }, cancellation);
    }

    public async Task ChangeLabelsAsync(LiveInstance instance, IReadOnlyDictionary<string, string> labels, CancellationToken cancellation)
    {
        using var turn = await assignments.TurnAsync(cancellation);
        await ChangeFactsAsync(instance, facts => facts with { Labels = labels }, cancellation);
    }

    /// <summary>An agent has said how it is reached; nothing happens where that is known.</summary>
    public async Task ChangeTransportAsync(LiveInstance instance, Transport transport, QueueFacts? queue, CancellationToken cancellation)
    {
        if (instance.Facts.Transport == transport && instance.Facts.Queue == queue)
            return;

        using var turn = await assignments.TurnAsync(cancellation);
        await ChangeFactsAsync(instance, facts => facts with { Transport = transport, Queue = queue }, cancellation);
    }

    /// <summary>Returns the members that were taken away.</summary>
    public async Task<IReadOnlyList<LiveMember>> ChangeServicesAsync(LiveInstance instance, IReadOnlyList<ServiceName> services, CancellationToken cancellation)
    {
        await freshness.ReadAsync(instance.Name, cancellation);
        using var turn = await assignments.TurnAsync(cancellation);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var wanted = Memberships(instance, services, (member, isWanted) => MembershipRules.Change(member.State, isWanted));
        List<LiveMember> removed = [.. instance.Members.Where(member => member.State.Assigned.Member && !services.Contains(member.Service))];
        await StoreMembershipsAsync(db, instance.Name, instance.Environment, wanted, cancellation);
        await db.SaveChangesAsync(cancellation);
        Apply(instance, wanted);
        return removed;
    }

    /// <summary>Its key counts no more and it belongs to no target; joining again undoes it.</summary>
    public async Task RevokeAsync(LiveInstance instance, CancellationToken cancellation)
    {
        await freshness.ReadAsync(instance.Name, cancellation);
        using var turn = await assignments.TurnAsync(cancellation);
        await ChangeFactsAsync(instance, facts => facts with { RevokedAt = time.GetUtcNow() }, cancellation);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var wanted = Memberships(instance, [], (member, isWanted) => MembershipRules.Change(member.State, isWanted));
        await StoreMembershipsAsync(db, instance.Name, instance.Environment, wanted, cancellation);
        await db.SaveChangesAsync(cancellation);
        Apply(instance, wanted);
    }

    private static Dictionary<ServiceName, Assignment> Memberships(
        LiveInstance? instance, IReadOnlyList<ServiceName> services, Func<LiveMember, bool, Assignment> change)
    {
        var memberships = services.ToDictionary(service => service, _ => Assignment.None);
        foreach (var member in instance?.Members ?? [])
            memberships[member.Service] = change(member, services.Contains(member.Service));

        return memberships;
    }

    private void Apply(LiveInstance instance, Dictionary<ServiceName, Assignment> memberships)
    {
        foreach (var (service, assigned) in memberships)
        {
            if (instance.Member(service) is { } member)
                member.Assign(assigned);
            else
                instance.Add(service, new MemberState(assigned));
        }

        live.Put(instance);
    }

    private async Task ChangeFactsAsync(LiveInstance instance, Func<InstanceFacts, InstanceFacts> change, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var facts = change(instance.Facts);
        await StoreInstanceAsync(db, instance.Name, instance.Environment, facts, cancellation);
        await db.SaveChangesAsync(cancellation);
        instance.Facts = facts;
    }

    private static async Task StoreInstanceAsync(
        SlipwayDb db, InstanceName name, EnvironmentName environment, InstanceFacts facts, CancellationToken cancellation)
    {
        var row = await db.Set<InstanceRow>().FindAsync([name], cancellation);
        if (row is null)
            db.Add(row = new() { Name = name, Environment = environment, Labels = facts.Labels, PublicKey = facts.PublicKey });

        row.Environment = environment;
        row.Labels = facts.Labels;
        row.PublicKey = facts.PublicKey;
        row.AgentVersion = facts.AgentVersion;
        row.JoinedAt = facts.JoinedAt;
        row.RevokedAt = facts.RevokedAt;
        row.Number = facts.Number;
        row.Transport = facts.Transport;
        row.QueueUrl = facts.Queue?.QueueUrl;
        row.SubscriptionArn = facts.Queue?.SubscriptionArn;
        row.OwnQueue = facts.Queue?.IsOwn ?? false;
    }

    /// <summary>Rows of instances are never deleted, so the highest number ever given is among them.</summary>
    private static async Task<uint> NextNumberAsync(SlipwayDb db, CancellationToken cancellation) =>
        (uint)((await db.Set<InstanceRow>().MaxAsync(row => (long?)row.Number, cancellation) ?? 0) + 1);

    private static async Task StoreMembershipsAsync(
        SlipwayDb db, InstanceName name, EnvironmentName environment, Dictionary<ServiceName, Assignment> memberships, CancellationToken cancellation)
    {
        var rows = await db.Set<AssignmentRow>().Where(row => row.Instance == name).ToDictionaryAsync(row => row.Service, cancellation);
        foreach (var (service, assigned) in memberships)
        {
            if (!rows.TryGetValue(service, out var row))
                db.Add(row = new() { Instance = name, Service = service, Environment = environment });

            row.Environment = environment;
            row.Member = assigned.Member;
            row.Version = assigned.Release?.Version;
            row.ConfigRevision = assigned.Release?.ConfigRevision ?? 0;
            row.Generation = (long)assigned.Generation;
            row.RestartGeneration = (long)assigned.RestartGeneration;
            row.Cause = assigned.Cause;
        }
    }
}
