using Slipway.Contracts.Services;
using Slipway.Server.Checks.Declared;
using static Slipway.Server.Tests.Deployments.Some;

namespace Slipway.Server.Tests.Checks.Declared;

/// <summary>From tries to a verdict; a letter a try, ten seconds apart: p passed, f failed, ? said nothing.</summary>
public sealed class TryRulesTests
{
    private static readonly CheckDefinition Plain = new() { Name = "a", Http = [new() { Url = "http://a" }] };

    [Theory]
    [InlineData("p", "passed")]
    [InlineData("f", "check_failed")]
    [InlineData("?p", "passed")]
    [InlineData("?f", "check_failed")]
    [InlineData("????????????", "again")]
    [InlineData("?????????????", "check_timeout")]
    public void One_answer_decides_and_silence_only_when_the_time_is_over(string tries, string verdict) => Assert.Equal(verdict, Verdict(Plain, tries));

    [Theory]
    [InlineData("pp", "again")]
    [InlineData("ppp", "passed")]
    [InlineData("ppfppp", "passed")]
    [InlineData("pp?pp", "again")]
    [InlineData("ffppp", "passed")]
    [InlineData("fff", "check_failed")]
    [InlineData("fpfpf", "check_failed")]
    public void Successes_are_in_a_row_and_failures_in_all(string tries, string verdict) => Assert.Equal(verdict, Verdict(Plain with { Successes = 3, Failures = 2 }, tries));

    [Theory]
    [InlineData("ppp", "again")]
    [InlineData("pppp", "passed")]
    [InlineData("ppp?ppp", "again")]
    [InlineData("ppp?pppp", "passed")]
    [InlineData("pppf", "check_failed")]
    public void For_is_how_long_the_row_must_last(string tries, string verdict) =>
        Assert.Equal(verdict, Verdict(new() { Name = "a", Prometheus = new() { Address = "http://p", Query = "x", Below = 1, For = Duration.FromSeconds(30) } }, tries));

    [Fact]
    public void What_no_try_could_change_fails_at_once() =>
        Assert.IsType<Decision.Failed>(TryRules.After(new(), new Finding.Fail("never", ForGood: true), Plain with { Failures = 5 }, Noon, Noon));

    [Fact]
    public void The_last_try_is_made_when_the_time_is_over()
    {
        var check = Plain with { Timeout = Duration.FromSeconds(15) };
        var again = Assert.IsType<Decision.Again>(TryRules.After(new(), new Finding.Inconclusive("silence"), check, Noon, Noon.AddSeconds(10)));
        Assert.Equal(Noon.AddSeconds(15), again.Memory.NextAt);
    }

    [Fact]
    public void After_an_hour_away_one_good_answer_is_still_enough() =>
        Assert.IsType<Decision.Passed>(TryRules.After(new() { Tries = 2 }, new Finding.Pass("ok"), Plain, Noon, Noon.AddHours(1)));

    [Fact]
    public void The_reason_says_how_many_tries_there_were()
    {
        var failed = Assert.IsType<Decision.Failed>(TryRules.After(new() { Tries = 4, Failed = 2 }, new Finding.Fail("It answered 500"), Plain with { Failures = 2 }, Noon, Noon));
        Assert.Equal("It answered 500 (3 failed tries of 5, 2 allowed)", failed.Reason);
    }

    private static string Verdict(CheckDefinition check, string tries)
    {
        var (memory, now) = (new TryMemory(), Noon);
        foreach (var letter in tries[..^1])
        {
            var before = TryRules.After(memory, Found(letter), check, Noon, now);
            memory = Assert.IsType<Decision.Again>(before).Memory;
            now = memory.NextAt!.Value;
        }

        return TryRules.After(memory, Found(tries[^1]), check, Noon, now) switch
        {
            Decision.Passed => "passed",
            Decision.Failed failed => failed.Code,
            _ => "again",
        };
    }

    private static Finding Found(char letter) => letter switch
    {
        'p' => new Finding.Pass("good"),
        'f' => new Finding.Fail("bad"),
        _ => new Finding.Inconclusive("silence"),
    };
}
