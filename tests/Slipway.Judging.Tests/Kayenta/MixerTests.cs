using System.Text.Json;
using Slipway.Judging.Kayenta;

namespace Slipway.Judging.Tests.Kayenta;

public sealed class MixerTests
{
    public static TheoryData<string> Ids => Vectors.Ids("mixer");

    [Theory]
    [MemberData(nameof(Ids))]
    public void Two_series_become_a_pair_as_Kayenta_makes_it(string id)
    {
        var one = Vectors.Get("mixer", id);
        var pair = Assert.Single(MetricSetMixer.Mix(["cpu"], [Windowed(one, "control")], [Windowed(one, "experiment")]));
        Assert.Equal(one.GetProperty("expected").Numbers("control"), pair.Values!.Control);
        Assert.Equal(one.GetProperty("expected").Numbers("experiment"), pair.Values.Experiment);
    }

    [Fact]
    public void What_only_one_side_has_is_compared_with_nothing_of_the_same_length()
    {
        var pairs = MetricSetMixer.Mix(["cpu"], [Set([1, 2, 3], ("zone", "a")), Set([4, 5, 6], ("zone", "b"))], [Set([7, 8, 9], ("zone", "b"))]);
        Assert.Equal(["a", "b"], pairs.Select(pair => pair.Tags!["zone"]));
        Assert.Equal([double.NaN, double.NaN, double.NaN], pairs[0].Values!.Experiment);
        Assert.Equal([7, 8, 9], pairs[1].Values!.Experiment);
    }

    [Fact]
    public void A_side_that_has_nothing_at_all_stands_for_every_series_of_the_other()
    {
        var pairs = MetricSetMixer.Mix(["cpu"], [Set([])], [Set([1, 2, 3], ("zone", "a")), Set([4, 5, 6], ("zone", "b"))]);
        Assert.Equal(["a", "b"], pairs.Select(pair => pair.Tags!["zone"]));
        Assert.All(pairs, pair => Assert.Equal([double.NaN, double.NaN, double.NaN], pair.Values!.Control));
    }

    [Fact]
    public void Series_that_are_told_apart_by_different_tags_have_no_pairs() =>
        Assert.Contains("different tag keys", Assert.Throws<NotJudgeableException>(() => MetricSetMixer.Mix(["cpu"], [Set([1], ("zone", "a"))], [Set([1], ("rack", "a"))])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_metric_that_one_side_was_not_asked_for_is_refused(bool control)
    {
        var set = Set([1]);
        Assert.Contains(control ? "for control" : "for experiment", Assert.Throws<NotJudgeableException>(() => MetricSetMixer.Mix(["cpu"], control ? [] : [set], control ? [set] : [])).Message, StringComparison.Ordinal);
    }

    private static MetricSet Windowed(JsonElement one, string side)
    {
        var set = new MetricSet { Name = "cpu", Tags = new Dictionary<string, string>(), Values = one.Numbers(side) };
        return one.Has("window", out var window)
            ? set with { StartTimeMillis = (long)window.Number("startTimeMillis"), EndTimeMillis = (long)window.Number("endTimeMillis"), StepMillis = (long)window.Number("stepMillis") }
            : set;
    }

    private static MetricSet Set(double[] values, params (string Key, string Value)[] tags) => new()
    {
        Name = "cpu",
        Tags = tags.ToDictionary(tag => tag.Key, tag => tag.Value),
        Values = values,
        EndTimeMillis = 180_000,
        StepMillis = 60_000,
    };
}
