using Slipway.Contracts.Agent.V1;
using Slipway.Server.Instances.Live;
using Slipway.Server.Instances.Releases;

namespace Slipway.Server.Instances.Broker;

/// <summary>Puts into words what members have not heard: one announcement for everything that has the same content.</summary>
internal sealed class Announcements(ReleaseFactory releases)
{
    public async Task<IReadOnlyList<Announcement>> MakeAsync(IReadOnlyCollection<LiveMember> members, CancellationToken cancellation)
    {
        // The state once, so that what is grouped is what is said.
        (LiveMember Member, MemberState State)[] all = [.. members.Select(member => (member, member.State)).OrderBy(one => one.member.Instance.Facts.Number)];
        var made = new List<Announcement>();
        foreach (var group in all.Where(one => Unheard.Assignment(one.State)).GroupBy(one => (one.Member.Target, Service(one), Release(one.State.Assigned), one.State.Assigned.Cause)))
        {
            var (target, service, name, cause) = group.Key;
            var release = name is null ? null : await releases.FindAsync(target, name, cancellation);

            // A version that is not here any more: better to let an instance run what it has than to stop it.
            if (name is null || release is not null)
                made.Add(new() { Service = service, Release = release, Sayings = [.. Assigns(group, target.Service.Value, release is not null, cause ?? "")] });
        }

        foreach (var group in all.Where(one => Unheard.Prepare(one.State)).GroupBy(one => (one.Member.Target, Service(one), Wanted: one.State.Wanted!)))
        {
            var (target, service, wanted) = group.Key;
            if (await releases.FindAsync(target, wanted.Release, cancellation) is not { } release)
                continue;

            var prepare = new ToAgent { Prepare = new() { Service = target.Service.Value, Cause = wanted.Cause } };
            made.Add(new() { Service = service, Release = release, Sayings = [new(prepare, Numbers(group), WithRelease: true)] });
        }

        return made;
    }

    private static IEnumerable<Saying> Assigns(IEnumerable<(LiveMember Member, MemberState State)> group, string service, bool withRelease, string cause)
    {
        foreach (var same in group.GroupBy(one => (one.State.Assigned.Generation, one.State.Assigned.RestartGeneration)))
        {
            var assign = new Assign { Service = service, Generation = same.Key.Generation, RestartGeneration = same.Key.RestartGeneration, Cause = cause };
            yield return new(new() { Assign = assign }, Numbers(same), withRelease);
        }
    }

    /// <summary>An agent that has never spoken of a service may not filter for it yet.</summary>
    private static string Service((LiveMember Member, MemberState State) one) =>
        one.State.Reported is null or { State: ServiceState.Absent } ? Announcement.EveryService : one.Member.Service.Value;

    private static FleetRelease? Release(Assignment assigned) => assigned.Member ? assigned.Release : null;

    private static List<uint> Numbers(IEnumerable<(LiveMember Member, MemberState State)> members) => [.. members.Select(one => one.Member.Instance.Facts.Number)];
}
