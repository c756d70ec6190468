using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Server.Checks.Declared;
using Slipway.Server.Checks.Declared.Instances;

namespace Slipway.Server.Tests.Checks.Declared;

/// <summary>Counted lines of instances, ten seconds a step.</summary>
public sealed class LineRulesTests
{
    private static readonly LogCheck Deadlocks = new() { Pattern = "deadlock" };
    private static readonly LogCheck TwoErrorsAMinute = new() { Level = CountedLevel.Error, AtMost = 2, Per = Duration.FromMinutes(1) };

    [Fact]
    public void One_line_too_many_on_one_instance_fails_for_good()
    {
        var fail = Assert.IsType<Finding.Fail>(Judge(Deadlocks, [0, 0, 0], [0, 1, 0, 1]));
        Assert.Equal("web-2 printed 2 lines with \"deadlock\" since it was changed, none is allowed", fail.Said);
        Assert.Equal(("web-2", true), (fail.Instance!.Value.Value, fail.ForGood));
    }

    [Fact]
    public void A_rate_is_looked_for_in_every_stretch()
    {
        Assert.IsType<Finding.Pass>(Judge(TwoErrorsAMinute, [1, 0, 0, 1, 0, 0, 1, 0, 0, 1]));
        var fail = Assert.IsType<Finding.Fail>(Judge(TwoErrorsAMinute, [0, 1, 0, 0, 0, 0, 2, 0, 0, 0]));
        Assert.Equal("web-1 printed 3 errors within 1m, 2 are allowed", fail.Said);
        Assert.False(fail.ForGood);
    }

    [Fact]
    public void Who_says_nothing_is_neither_good_nor_bad()
    {
        Assert.Equal("web-2 has not said what it counted", Assert.IsType<Finding.Inconclusive>(Judge(Deadlocks, [0], null)).Said);
        Assert.IsType<Finding.Fail>(Judge(Deadlocks, [1], null));
        Assert.IsType<Finding.Inconclusive>(Judge(Deadlocks));
    }

    [Fact]
    public void What_is_allowed_is_told()
    {
        Assert.Equal("no lines with \"deadlock\" on 2 instances", Assert.IsType<Finding.Pass>(Judge(Deadlocks, [0], [0, 0])).Said);
        Assert.Equal("at most 2 errors on an instance within 1m", Assert.IsType<Finding.Pass>(Judge(TwoErrorsAMinute, [0], [2])).Said);
    }

    private static Finding Judge(LogCheck check, params double[]?[] counts) =>
        LineRules.Judge(check, [.. counts.Select((steps, at) => new CountedLines(InstanceName.Parse($"web-{at + 1}"), steps))], 10_000);
}
