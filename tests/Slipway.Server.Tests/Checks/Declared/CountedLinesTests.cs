using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Server.Checks.Declared.Instances;
using Slipway.Server.Checks.Signals;

namespace Slipway.Server.Tests.Checks.Declared;

/// <summary>Which counts of an instance are those of the version that is deployed; ten seconds a step, the first is 100.</summary>
public sealed class CountedLinesTests
{
    private static readonly LogCheck Deadlocks = new() { Pattern = "deadlock" };

    [Fact]
    public void They_begin_with_the_step_in_which_the_version_was_started() =>
        Assert.Equal([0, 1], Count([9, 9, 0, 1], new ProcessStart { At = 1_025_000, Generation = 7 }));

    [Fact]
    public void What_the_version_before_has_printed_is_not_held_against_one_whose_first_step_has_not_ended() =>
        Assert.Null(Count([9, 9, 9], new ProcessStart { At = 1_031_000, Generation = 7 }));

    [Fact]
    public void Nothing_is_known_before_it_was_started() =>
        Assert.Null(Count([9, 9, 9], new ProcessStart { At = 1_005_000, Generation = 6 }));

    [Fact]
    public void One_that_was_started_long_ago_has_counted_all_the_time() =>
        Assert.Equal([2, 3], Count([2, 3], new ProcessStart { At = 5_000, Generation = 7 }));

    [Fact]
    public void What_was_not_counted_is_not_zero() =>
        Assert.Null(Count([float.NaN, float.NaN], new ProcessStart { At = 1_001_000, Generation = 8 }));

    private static IReadOnlyList<double>? Count(float[] counts, params ProcessStart[] starts)
    {
        var signals = new InstanceSignals(1_000);
        signals.Take(new() { StepMs = 10_000, FirstStep = 100, Steps = counts.Length, Starts = { starts }, Series = { new SignalSeries { Id = 1, Name = "lines:deadlock", Values = { counts } } } }, 100);
        return CountedLines.Of(new One(signals), InstanceName.Parse("web-1"), 7, Deadlocks).Counts;
    }

    private sealed class One(InstanceSignals signals) : ISignals
    {
        public int StepMs => 10_000;

        public long Origin => 100;

        public InstanceSignals? Find(InstanceName instance) => signals;
    }
}
