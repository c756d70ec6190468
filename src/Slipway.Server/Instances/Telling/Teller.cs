using Google.Protobuf;
using Slipway.Contracts.Agent.V1;
using Slipway.Server.Instances.Broker;
using Slipway.Server.Instances.Live;
using Slipway.Server.Telemetry;

namespace Slipway.Server.Instances.Telling;

/// <summary>
/// Tells agents at once what was stored for them: over the connection they hold, or through their environment's topic. Whoever cannot be told
/// finds it out when it returns.
/// </summary>
internal sealed class Teller(Publisher publisher, CommandWatch watch)
{
    /// <summary>An assignment. Instances with the same generation get the very same bytes.</summary>
    public void Assign(IEnumerable<LiveMember> members, FleetRelease? release, Release? whole, string cause)
    {
        using var telling = watch.Telling("assign", cause);
        var messages = new Dictionary<(ulong, ulong), byte[]>();
        foreach (var member in members)
        {
            if (member.State.Assigned is not { Member: true } assigned || assigned.Cause != cause || assigned.Release != release)
                continue;

            if (member.Instance.IsConnected)
                watch.Told(member, assigned, telling);

            if (IsTold(member))
                continue;

            if (member.Instance.Connection is not { } connection)
                continue;

            var numbers = (assigned.Generation, assigned.RestartGeneration);
            if (!messages.TryGetValue(numbers, out var message))
            {
                var assign = new Assign { Service = member.Service.Value, Generation = assigned.Generation, Release = whole, Cause = cause, RestartGeneration = assigned.RestartGeneration };
                messages[numbers] = message = new ToAgent { Assign = assign }.ToByteArray();
            }

            connection.Send(message);
        }
    }

    /// <summary>That a service is no longer theirs.</summary>
    public void Removal(IEnumerable<LiveMember> members)
    {
        foreach (var member in members)
        {
            if (IsTold(member))
                continue;

            var (generation, cause) = (member.State.Assigned.Generation, member.State.Assigned.Cause ?? "");
            var assign = new Assign { Service = member.Service.Value, Generation = generation, Cause = cause };
            member.Instance.Connection?.Send(new ToAgent { Assign = assign }.ToByteArray());
        }
    }

    /// <summary>To prepare a release ahead.</summary>
    public void Prepare(IEnumerable<LiveMember> members, WantedPrepare wanted, Release whole)
    {
        using var telling = watch.Telling("prepare", wanted.Cause);
        byte[]? message = null;
        foreach (var member in members)
        {
            member.Want(wanted);
            if (!IsTold(member))
                member.Instance.Connection?.Send(message ??= new ToAgent { Prepare = new() { Service = member.Service.Value, Release = whole, Cause = wanted.Cause } }.ToByteArray());
        }
    }

    /// <summary>True: it goes through the topic, whether or not the agent is in touch; its queue keeps it.</summary>
    private bool IsTold(LiveMember member)
    {
        if (member.Instance.Facts.Transport != Transport.Aws)
            return false;

        publisher.Tell(member);
        return true;
    }
}
