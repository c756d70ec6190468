using Slipway.Contracts.Verdicts;
using Slipway.DeploymentTypes.Trigger;
using Slipway.Judging;
using Slipway.Server.Checks.Replays;
using Slipway.Server.Checks.Signals;
using Slipway.Server.Instances.Live;

namespace Slipway.Server.Checks.Verdicts;

/// <summary>Judges one deployment, again and again: asks agents for what they measured, compares it, and says what that means.</summary>
internal sealed class DeploymentJudge(VerdictQuestion first, LiveFleet fleet, SignalDesk desk, ILookup<string, double> earlier) : IDisposable
{
    /// <summary>More of them say no more, and cost memory and time: the changed ones that came first, and so many to compare them with.</summary>
    private const int MostChanged = 400;
    private const int MostUnchanged = 100;

    private readonly SignalBook book = desk.Open(first.Target.Service);
    private readonly Judge judge = VerdictRules.JudgeOf(first.Definition);
    private VerdictQuestion question = first;
    private (int Heard, int Changed) looked = (-1, -1);
    private DeploymentVerdict? last;

    /// <summary>Looks where there is something new to look at.</summary>
    /// <param name="draw">Whether the answer carries what can be drawn.</param>
    public DeploymentVerdict Look(VerdictQuestion asked, DateTimeOffset now, bool draw)
    {
        question = asked;
        var members = Members();
        book.Ask(members.Select(one => one.Member));
        var known = (book.Heard, asked.Changed.Count);
        if (last is { } said && known == looked && !draw)
            return said;

        looked = known;
        var compared = Comparisons.Of(book, [.. members.Select(one => one.Judged)], asked.Definition.Ignore, earlier);
        return last = VerdictWords.Of(asked, compared, compared.Comparison is { } comparison ? judge.Look(VerdictRules.Planned(comparison, asked.Definition), draw) : null, now);
    }

    /// <summary>What the instances measured, to be looked at again another day. Null: nothing, or none of them runs the new version any more.</summary>
    public byte[]? Archive()
    {
        List<JudgedInstance> instances = [.. Members().Select(one => one.Judged)];
        return book.StepMs > 0 && instances.Exists(instance => instance.Generation is not null) ? SignalArchive.Write(book, instances) : null;
    }

    public void Dispose() => book.Dispose();

    private List<(LiveMember Member, JudgedInstance Judged)> Members()
    {
        var changed = question.Changed.ToHashSet();
        var (many, few) = (0, 0);
        var chosen = new List<(LiveMember, JudgedInstance)>();
        foreach (var member in fleet.Members(question.Target))
        {
            var assigned = member.State.Assigned;
            if (assigned.Release == question.Release)
            {
                // A deployment may have gone on since it was last asked about; whoever got the version in another way has nothing to be compared with.
                if ((changed.Contains(member.Instance.Name) || ChangedInstances.IsCausedBy(assigned, question.Deployment)) && many++ < MostChanged)
                    chosen.Add((member, new(member.Instance.Name, assigned.Generation)));
            }
            else if (assigned.Release is not null && few++ < MostUnchanged)
            {
                chosen.Add((member, new(member.Instance.Name, null)));
            }
        }

        return chosen;
    }
}
