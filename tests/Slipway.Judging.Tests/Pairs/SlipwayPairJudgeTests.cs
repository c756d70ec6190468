using Slipway.Judging.Pairs;

namespace Slipway.Judging.Tests.Pairs;

public sealed class SlipwayPairJudgeTests
{
    private const int Points = 31;

    private static readonly SlipwayPairJudge judge = new();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.5, 2)]
    [InlineData(0.8, 3)]
    public void Sets_of_healthy_pairs_are_seldom_failed(double memory, int seed)
    {
        var draws = new Draws(seed);
        var failed = Enumerable.Range(0, 300).Count(_ =>
            judge.Judge([.. Enumerable.Range(0, 5).Select(_ => Pair(draws.Ar(Points, memory), draws.Ar(Points, memory)))]).Any(Bad));
        Assert.InRange(failed, 0, 9);
    }

    [Fact]
    public void A_shift_is_found() => Assert.Equal(PairClassification.High, Verdict(11, (_, noise) => 1.25 + 0.1 * noise).Classification);

    [Fact]
    public void What_is_better_is_no_fault() => Assert.Equal(PairClassification.Pass, Verdict(12, (_, noise) => 0.7 + 0.1 * noise).Classification);

    [Fact]
    public void A_fall_is_found_where_falling_is_bad() => Assert.Equal(PairClassification.Low, Verdict(13, (_, noise) => 0.7 + 0.1 * noise, Direction.Decrease).Classification);

    [Fact]
    public void A_drift_is_found() => Assert.Equal(PairClassification.High, Verdict(14, (part, noise) => 1 + 0.5 * part + 0.1 * noise).Classification);

    [Fact]
    public void Wider_variation_is_found() => Assert.Contains("varying more", Verdict(15, (_, noise) => 1 + 0.4 * noise).Reason, StringComparison.Ordinal);

    [Fact]
    public void Peaks_alone_are_found()
    {
        var at = 0;
        Assert.Contains("extreme", Verdict(16, (_, noise) => 1 + 0.1 * noise + (++at % 8 == 0 ? 1 : 0)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Small_changes_of_all_metrics_are_found_together()
    {
        var draws = new Draws(17);
        var verdicts = judge.Judge([.. Enumerable.Range(0, 6).Select(_ => Pair(draws.Ar(60, 0), [.. draws.Ar(60, 0).Select(value => value + 0.6)]))]);
        Assert.Contains(verdicts, Bad);
    }

    [Fact]
    public void Series_of_different_length_are_compared_too()
    {
        var draws = new Draws(18);
        Assert.Equal(PairClassification.High, judge.Judge(Pair(draws.Ar(60, 0), [.. draws.Ar(Points, 0).Select(value => value + 3)])).Classification);
    }

    [Fact]
    public void Too_little_is_no_data() => Assert.Equal(PairClassification.NoData, judge.Judge(Pair([1, 2, 3], [4, 5, double.NaN])).Classification);

    [Fact]
    public void Constants_that_differ_are_told_and_equal_ones_pass()
    {
        Assert.Equal(PairClassification.High, judge.Judge(new MetricPair(Many(5), Many(6), TimeSpan.Zero, Direction.Either)).Classification);
        Assert.Equal(PairClassification.Pass, judge.Judge(new MetricPair(Many(5), Many(5), TimeSpan.Zero, Direction.Either)).Classification);
        Assert.Equal(PairClassification.Pass, judge.Judge(new MetricPair(Many(0), Many(0), TimeSpan.Zero, Direction.Either)).Classification);
    }

    [Fact]
    public void Hostile_values_are_answered()
    {
        double[] poison = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -1, 0, 1e-320, 1e300, double.MaxValue, 3];
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            double[] Series() => [.. Enumerable.Range(0, random.Next(0, 40)).Select(_ => poison[random.Next(poison.Length)])];
            var verdict = judge.Judge([new MetricPair(Series(), Series(), TimeSpan.Zero, (Direction)(seed % 3)), Pair(Series(), Series()), Pair(Series(), Series())])[0];
            Assert.All(verdict.Evidence.Values, value => Assert.True(double.IsFinite(value)));
        }
    }

    [Fact]
    public void Units_do_not_matter()
    {
        var draws = new Draws(19);
        var (control, experiment) = (draws.Ar(Points, 0.3), draws.Ar(Points, 0.3).Select(value => value + 1).ToArray());
        var (one, other) = (judge.Judge(Pair(control, experiment, 1)), judge.Judge(Pair(control, experiment, 1e-6)));
        Assert.Equal(one.Classification, other.Classification);
        Assert.Equal(one.Evidence["chance"], other.Evidence["chance"], 1e-6);
    }

    private static PairVerdict Verdict(int seed, Func<double, double, double> value, Direction direction = Direction.Increase)
    {
        var draws = new Draws(seed);
        var experiment = draws.Ar(Points, 0).Select((noise, t) => 100 * value(t / (Points - 1.0), noise)).ToArray();
        return judge.Judge(new MetricPair([.. draws.Ar(Points, 0).Select(noise => 100 * (1 + 0.1 * noise))], experiment, TimeSpan.FromMinutes(1), direction));
    }

    private static MetricPair Pair(double[] control, double[] experiment, double unit = 1) =>
        new([.. control.Select(value => unit * (100 + 10 * value))], [.. experiment.Select(value => unit * (100 + 10 * value))], TimeSpan.FromMinutes(1), Direction.Increase);

    private static double[] Many(double value) => [.. Enumerable.Repeat(value, Points)];

    private static bool Bad(PairVerdict verdict) => verdict.Classification is PairClassification.High or PairClassification.Low;
}
