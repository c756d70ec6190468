using System.Text.Json;
using Slipway.Contracts.Deployments;
using Slipway.DeploymentTypes;
using Slipway.Server.Deployments;
using static Slipway.Server.Tests.Deployments.Some;

namespace Slipway.Server.Tests.Deployments.Rules;

public sealed class StageOutcomeTests
{
    private static readonly DateTimeOffset Deadline = Noon + TimeSpan.FromMinutes(5);

    [Fact]
    public void Success_is_success_even_after_the_deadline() =>
        Assert.Equal(new StageSucceeded(0), Only(new StageResult.Succeeded(), Deadline + TimeSpan.FromMinutes(1)));

    [Fact]
    public void A_failure_keeps_its_instance_and_evidence()
    {
        var failure = Failure(Only(new StageResult.Failed("exited", "It exited.") { Instance = Instance(1), Evidence = ["last words"] }, Noon));
        Assert.Equal(("one", "exited", "It exited.", Instance(1)), (failure.Stage, failure.Code, failure.Reason, failure.Instance!.Value));
        Assert.Equal(["last words"], failure.Evidence);
    }

    [Fact]
    public void Waiting_is_no_fact() => Assert.Empty(Facts(Running(Stage("one")), new StageResult.Waiting(TimeSpan.FromSeconds(1)), Noon));

    [Fact]
    public void What_a_waiting_stage_wants_to_remember_is_recorded_once()
    {
        var state = Running(Stage("one"));
        var waiting = new StageResult.Waiting(TimeSpan.FromSeconds(1)) { Memory = JsonSerializer.SerializeToElement(7) };
        var noted = Assert.Single(Facts(state, waiting, Noon));
        Assert.Empty(Facts(state.Then(noted), waiting, Noon));
    }

    [Fact]
    public void Waiting_beyond_the_deadline_is_a_failure_that_says_what_it_waited_for()
    {
        var failure = Failure(Only(new StageResult.Waiting(TimeSpan.FromSeconds(1)) { Note = "waiting for i-001" }, Deadline));
        Assert.Equal("deadline", failure.Code);
        Assert.Equal("one was not done within 5m: waiting for i-001.", failure.Reason);
    }

    [Fact]
    public void Not_being_able_to_tell_is_tried_again_until_the_deadline()
    {
        var errored = Assert.IsType<StageErrored>(Only(new StageResult.Errored("no answer"), Noon));
        Assert.Equal(Noon + TimeSpan.FromSeconds(0.5), errored.RetryAt);
        Assert.Equal("deadline", Failure(Only(new StageResult.Errored("no answer"), Deadline)).Code);
    }

    [Fact]
    public void No_try_is_later_than_the_deadline()
    {
        var errored = Assert.IsType<StageErrored>(Only(new StageResult.Errored("no answer"), Deadline - TimeSpan.FromMilliseconds(100)));
        Assert.Equal(Deadline, errored.RetryAt);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 1)]
    [InlineData(3, 4)]
    [InlineData(6, 30)]
    [InlineData(1000, 30)]
    public void The_pause_between_tries_doubles_up_to_half_a_minute(int errors, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), StageOutcome.BackOff(errors));

    private static DeploymentFact Only(StageResult result, DateTimeOffset now) => Assert.Single(Facts(Running(Stage("one")), result, now));

    private static IReadOnlyList<DeploymentFact> Facts(DeploymentState state, StageResult result, DateTimeOffset now) =>
        StageOutcome.Facts(state, 0, result, now, Deadline);

    private static Failure Failure(DeploymentFact fact) => Assert.IsType<StageFailed>(fact).Failure;
}
