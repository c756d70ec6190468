using Slipway.Contracts.Services;
using Slipway.Contracts.Verdicts;
using Slipway.Server.Checks.Replays;
using Slipway.Server.Tests.Checks.Verdicts;

namespace Slipway.Server.Tests.Checks.Replays;

/// <summary>A deployment that is over, judged again from what was kept of it.</summary>
public sealed class ReplayerTests
{
    private static readonly VerdictDefinition Rules = new() { WarmUp = Duration.Zero };

    [Fact]
    public void What_was_kept_says_what_was_said_then()
    {
        var (answer, sentence, after) = Replay(Past(slower: true), Rules);
        Assert.Equal(Answer.Fail, answer);
        Assert.Contains("Time of requests", sentence, StringComparison.Ordinal);
        Assert.InRange(after!.Value.Time, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(12));
    }

    [Fact]
    public void A_good_version_would_not_have_been_stopped()
    {
        var (answer, _, after) = Replay(Past(slower: false), Rules);
        Assert.NotEqual(Answer.Fail, answer);
        Assert.Null(after);
    }

    [Fact]
    public void Other_rules_may_say_something_else()
    {
        var past = Past(slower: true);
        Assert.NotEqual(Answer.Fail, Replay(past, Rules with { Ignore = ["requestTime"] }).Answer);
        Assert.NotEqual(Answer.Fail, Replay(past, Rules with { WarmUp = Duration.FromMinutes(60) }).Answer);
    }

    [Fact]
    public void What_the_watch_would_not_have_seen_is_not_seen()
    {
        var past = Past(slower: true);
        Assert.NotEqual(Answer.Fail, Replay(past, Rules with { Watch = Duration.Zero }, finishedAfter: TimeSpan.FromSeconds(40)).Answer);
        Assert.Equal(Answer.Fail, Replay(past, Rules with { Watch = Duration.FromMinutes(30) }, finishedAfter: TimeSpan.FromSeconds(40)).Answer);
    }

    [Fact]
    public void Who_fails_without_an_answer_is_stopped_when_its_patience_is_over()
    {
        var past = Past(slower: false);
        var (answer, sentence, after) = Replay(past, Rules with { Inconclusive = WhenInconclusive.Fail, Patience = Duration.FromSeconds(30) });
        Assert.Equal(Answer.Fail, answer);
        Assert.StartsWith("No answer within 30s.", sentence, StringComparison.Ordinal);
        Assert.Equal(Duration.FromSeconds(30), after);
        Assert.NotEqual(Answer.Fail, Replay(past, Rules with { Inconclusive = WhenInconclusive.Wait, Patience = Duration.FromSeconds(30) }).Answer);
    }

    [Fact]
    public void Rules_to_try_say_what_differs()
    {
        var usual = new VerdictDefinition { WarmUp = Duration.FromSeconds(5), Ignore = ["disk"], DryRun = true };
        Assert.Equal(usual, new ReplayRules().Over(usual));
        Assert.Equal(usual with { Watch = Duration.Zero }, new ReplayRules { Watch = Duration.Zero }.Over(usual));
    }

    [Fact]
    public void An_hour_of_forty_instances_takes_little_room()
    {
        var fleet = new MeasuredFleet(40);
        fleet.Run(360);
        fleet.Look();
        fleet.Change([.. Enumerable.Range(1, 20)]);
        fleet.Run(2);
        fleet.Look();
        Assert.InRange(fleet.Archive().Length, 1, 600_000);
    }

    [Fact]
    public void What_is_not_understood_is_left_out() => Assert.Null(SignalArchive.Read([9, 9, 9]));

    private static (Answer Answer, string Sentence, Duration? After) Replay(byte[] archive, VerdictDefinition rules, TimeSpan? finishedAfter = null)
    {
        var (signals, instances) = SignalArchive.Read(archive)!.Value;
        var changedAt = instances.Where(instance => instance.Generation is not null).Min(instance => signals.Find(instance.Name)!.Starts.First(start => start.Generation >= instance.Generation).At);
        return Replayer.Run(signals, instances, rules, DateTimeOffset.FromUnixTimeMilliseconds(changedAt) + finishedAfter, TestContext.Current.CancellationToken);
    }

    private static byte[] Past(bool slower) => MeasuredPast.Of(slower).Archive();
}
