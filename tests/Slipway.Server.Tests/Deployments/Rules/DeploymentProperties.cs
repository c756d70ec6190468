using CsCheck;
using Slipway.Contracts.Deployments;
using Slipway.DeploymentTypes;
using Slipway.Server.Api;
using Slipway.Server.Deployments;
using static Slipway.Server.Tests.Deployments.Some;

namespace Slipway.Server.Tests.Deployments.Rules;

/// <summary>What holds for every walk through the rules, whatever stages answer and people ask.</summary>
public sealed class DeploymentProperties
{
    private static readonly Gen<int[]> Choices = Gen.Int[0, 99].Array[0, 80];

    [Fact]
    public void Every_walk_comes_to_an_end_and_never_leaves_it() => Choices.Sample(choices =>
    {
        var walk = new Walk(choices);
        var end = walk.ToTheEnd();
        Assert.True(end.IsTerminal, $"stalled: {end.Status}");
        Assert.Equal(new NextStep.Sleep(null), NextStep.Of(end, Noon));
        Assert.Throws<InvalidOperationException>(() => end.Then(new Resumed("kim")));
        Assert.DoesNotContain(end.Stages, stage => stage.Status is StageStatus.Pending or StageStatus.Running);
    }, iter: 20_000);

    [Fact]
    public void A_success_has_every_stage_done_and_a_rollback_has_a_cause() => Choices.Sample(choices =>
    {
        var end = new Walk(choices).ToTheEnd();
        if (end.Status == DeploymentStatus.Succeeded)
            Assert.All(end.Stages, stage => Assert.Equal(StageStatus.Succeeded, stage.Status));
        else if (end.Status == DeploymentStatus.RolledBack)
            Assert.True(end.Failure is not null || end.RollbackRequested);
        else if (end.Status == DeploymentStatus.Cancelled)
            Assert.True(end.CancelRequested || end.RollbackRequested);
        else
            Assert.NotNull(end.Failure);
    }, iter: 20_000);

    [Fact]
    public void At_most_one_stage_runs_and_stages_keep_their_order() => Choices.Sample(choices =>
    {
        var walk = new Walk(choices);
        walk.ToTheEnd();
        foreach (var state in walk.Seen)
        {
            Assert.InRange(state.Stages.Count(stage => stage.Status == StageStatus.Running), 0, 1);
            var firstOpen = state.Stages.TakeWhile(stage => stage.Status is not StageStatus.Pending).Count();
            Assert.All(state.Stages.Skip(firstOpen), stage => Assert.Equal(StageStatus.Pending, stage.Status));
        }
    }, iter: 5_000);

    /// <summary>A deployment driven by numbers: people ask, stages answer, time passes; once the numbers are used up everything goes well.</summary>
    private sealed class Walk(int[] choices)
    {
        private readonly Queue<int> left = new(choices);
        private DeploymentState state = null!;
        private DateTimeOffset now = Noon;

        public List<DeploymentState> Seen { get; } = [];

        public DeploymentState ToTheEnd()
        {
            var wait = Choose() % 2 == 0;
            state = StartedFrom(Created(Stage("one"), wait ? Watch("soak") : Stage("two"), Stage("three")) with { NoRollback = Choose() % 4 == 3 });
            for (var step = 0; step < 500 && !state.IsTerminal; step++)
            {
                Ask();
                Advance();
            }

            return state;
        }

        private int Choose() => left.TryDequeue(out var choice) ? choice : 0;

        private void Ask()
        {
            var rule = Choose() switch
            {
                90 or 91 or 92 => DeploymentControls.Pause(state, "kim", null),
                93 or 94 or 95 => DeploymentControls.Resume(state, "kim"),
                96 or 97 => DeploymentControls.Cancel(state, "kim", null),
                98 or 99 => DeploymentControls.RollBack(state, "kim", null),
                _ => (Outcome<DeploymentFact[]>)Array.Empty<DeploymentFact>(),
            };
            if (rule.Is(out var facts, out _))
                Apply(facts);
        }

        private void Advance()
        {
            switch (NextStep.Of(state, now))
            {
                case NextStep.Record record:
                    Assert.NotEmpty(record.Facts);
                    Apply(record.Facts);
                    break;
                case NextStep.PlanRollback:
                    Apply(new RollbackStarted(Choose() % 3 == 2 ? [] : [Stage("undo")]));
                    break;
                case NextStep.Run run:
                    Apply([.. StageOutcome.Facts(state, run.Stage, Answer(), now, state.Stages[run.Stage].Deadline!.Value)]);
                    break;
                case NextStep.Sleep { Until: { } until }:
                    Assert.True(until > now);
                    now = until;
                    break;
                default:
                    // Only a pause may sleep without an alarm, or somebody who can not be woken would wait for ever.
                    Assert.True(state.IsTerminal || state.Status == DeploymentStatus.Paused, $"{state.Status} sleeps without an alarm");
                    if (state.Status == DeploymentStatus.Paused && left.Count == 0)
                        Apply(new Resumed("kim"));
                    break;
            }
        }

        private StageResult Answer()
        {
            now += TimeSpan.FromSeconds(10);
            return Choose() switch
            {
                < 40 => new StageResult.Succeeded(),
                < 60 => new StageResult.Waiting(TimeSpan.FromSeconds(1)),
                < 75 => new StageResult.Errored("no answer"),
                < 85 => new StageResult.Failed("broken", "It broke."),
                _ => new StageResult.Succeeded(),
            };
        }

        private void Apply(params DeploymentFact[] facts)
        {
            foreach (var fact in facts)
            {
                state = DeploymentRules.Apply(state, fact, now);
                Seen.Add(state);
            }
        }
    }
}
