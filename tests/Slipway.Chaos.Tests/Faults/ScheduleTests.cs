using Slipway.Chaos.Faults;

namespace Slipway.Chaos.Tests.Faults;

public sealed class ScheduleTests
{
    private static readonly IReadOnlyDictionary<FaultKind, IReadOnlyList<string>> Subjects = Enum.GetValues<FaultKind>().ToDictionary(
        kind => kind,
        kind => (IReadOnlyList<string>)(kind.ToString().Contains("Database", StringComparison.Ordinal) ? [] : kind.ToString().Contains("Server", StringComparison.Ordinal) ? ["node-1"] : ["agent-1", "agent-2", "agent-3"]));

    [Fact]
    public void The_same_seed_makes_the_same_faults()
    {
        Assert.Equal(Make(7), Make(7));
        Assert.NotEqual(Make(7), Make(8));
    }

    [Fact]
    public void Every_kind_that_is_possible_is_made_in_two_minutes_and_no_other() =>
        Assert.Equal(Subjects.Where(pair => pair.Value.Count > 0).Select(pair => pair.Key), Make(7).Select(fault => fault.Kind).Distinct().Order());

    [Fact]
    public void Nobody_has_two_faults_at_once() => Assert.All(
        Make(7).GroupBy(fault => fault.Subject),
        faults => Assert.All(faults.Zip(faults.Skip(1)), pair => Assert.True(pair.First.At + pair.First.Lasts < pair.Second.At, $"{pair.First} and {pair.Second}")));

    [Fact]
    public void Faults_begin_in_order_and_before_the_end()
    {
        var times = Make(7).Select(fault => fault.At).ToList();
        Assert.Equal(times.Order(), times);
        Assert.All(times, at => Assert.True(at < TimeSpan.FromMinutes(2)));
    }

    private static IReadOnlyList<Fault> Make(int seed) => Schedule.Make(seed, TimeSpan.FromMinutes(2), Subjects);
}
