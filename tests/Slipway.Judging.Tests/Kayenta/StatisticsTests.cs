using System.Text.Json;
using Slipway.Judging.Kayenta;
using Slipway.Judging.Kayenta.Statistics;

namespace Slipway.Judging.Tests.Kayenta;

public sealed class StatisticsTests
{
    private const double Close = 1e-6;

    public static TheoryData<string> MannWhitneyIds => Vectors.Ids("mannWhitney");

    public static TheoryData<string> DetectorIds => Vectors.Ids("detector");

    public static TheoryData<string> TransformIds => Vectors.Ids("transform");

    public static TheoryData<string> StatisticsIds => Vectors.Ids("statistics");

    [Theory]
    [MemberData(nameof(MannWhitneyIds))]
    public void The_shift_of_two_samples_is_Kayentas(string id)
    {
        var one = Vectors.Get("mannWhitney", id);
        switch (one.Text("kind"))
        {
            case "normalInverseCdf":
                Assert.Equal(one.Number("observed"), NormalQuantile.Of(one.Number("p")), 1e-13);
                break;
            case "wilcoxonDiff":
                foreach (var check in one.GetProperty("checks").EnumerateArray())
                    Assert.Equal(check.Number("expected"), new RankSum(one.Numbers("x"), one.Numbers("y")).At(check.Number("mu")) - check.Number("quantile"), Close);
                break;
            case "mannWhitneyUTest":
                var shift = MannWhitney.Compare(one.Numbers("x"), one.Numbers("y"), one.Number("confidenceLevel"));
                Assert.Equal(one.GetProperty("observed").Number("ciLow"), shift.Low, 1e-9);
                Assert.Equal(one.GetProperty("observed").Number("ciHigh"), shift.High, 1e-9);
                Assert.Equal(one.GetProperty("observed").Number("estimate"), shift.Estimate, 1e-9);
                break;
            case "intermediate":
                CheckIntermediate(one);
                break;
            case var kind:
                Assert.Fail($"Nobody knows {kind}.");
                break;
        }
    }

    [Theory]
    [MemberData(nameof(DetectorIds))]
    public void Outliers_are_those_of_Kayenta(string id)
    {
        var one = Vectors.Get("detector", id);
        Assert.Equal(one.GetProperty("expected").EnumerateArray().Select(flag => flag.GetBoolean()), Detect(one));
    }

    [Theory]
    [MemberData(nameof(TransformIds))]
    public void Values_are_cleaned_as_Kayenta_cleans_them(string id)
    {
        var one = Vectors.Get("transform", id);
        var data = one.Numbers("data");
        if (one.Text("op") == "addGaussianNoise")
        {
            CheckNoise(one, Spread.Normally(data, one.Number("mean"), one.Number("stdev")));
            return;
        }

        Assert.Equal(one.Numbers("expected"), one.Text("op") switch
        {
            "removeNaNs" => Cleaning.RemoveNaN(data),
            "replaceNaNs" => Cleaning.ReplaceNaN(data, one.Number("value")),
            "removeOutliers" => Outliers.Remove(data, Detect(one)),
            var op => throw new NotSupportedException(op),
        });
    }

    [Theory]
    [MemberData(nameof(StatisticsIds))]
    public void Summaries_and_effects_are_Kayentas(string id)
    {
        var one = Vectors.Get("statistics", id);
        switch (one.Text("op"))
        {
            case "summary":
                var stats = Samples.Describe(one.Numbers("data"));
                var observed = one.GetProperty("observed");
                Assert.Equal((observed.Number("count"), observed.Number("mean"), observed.Number("min"), observed.Number("max")), (stats.Count, stats.Mean, stats.Min, stats.Max));
                Assert.Equal(observed.Number("std"), stats.Std, 1e-9);
                break;
            case "percentile":
                double[] sorted = [.. one.Numbers("data").Order()];
                foreach (var check in one.GetProperty("checks").EnumerateArray())
                    Assert.Equal(check.Number("expected"), Samples.Percentile(sorted, check.Number("p")), check.Has("tol", out var tol) ? tol.Number() : 1e-12);
                break;
            case var op:
                Func<IReadOnlyList<double>, IReadOnlyList<double>, double> effect = op switch
                {
                    "meanRatio" => EffectSizes.MeanRatio,
                    "cles" => EffectSizes.CommonLanguage,
                    "cohenD" => EffectSizes.CohenD,
                    _ => throw new NotSupportedException(op),
                };
                Assert.Equal(one.Number("observed"), effect(one.Numbers("control"), one.Numbers("experiment")), 1e-12);
                break;
        }
    }

    private static void CheckIntermediate(JsonElement one)
    {
        var (ranks, expected, z) = (new RankSum(one.Numbers("x"), one.Numbers("y")), one.GetProperty("expected"), NormalQuantile.Of(0.975));
        Assert.Equal(0.95, one.Number("confidenceLevel"));
        Assert.Equal(expected.Number("mumin"), ranks.Lowest, Close);
        Assert.Equal(expected.Number("mumax"), ranks.Highest, Close);
        Assert.Equal(expected.Number("zqLower"), z, 1e-14);
        Assert.Equal(expected.Number("flower1"), ranks.At(ranks.Lowest) - z, Close);
        Assert.Equal(expected.Number("fupper1"), ranks.At(ranks.Highest) - z, Close);
        Assert.Equal(expected.Number("flower2"), ranks.At(ranks.Lowest) + z, Close);
        Assert.Equal(expected.Number("fupper2"), ranks.At(ranks.Highest) + z, Close);
        Assert.Equal(expected.Number("cil"), MannWhitney.Root(ranks, z), 1e-12);
        Assert.Equal(expected.Number("ciu"), MannWhitney.Root(ranks, -z), 1e-12);
        Assert.Equal(expected.Number("est"), MannWhitney.Root(ranks, 0), 1e-12);
    }

    private static bool[] Detect(JsonElement one)
    {
        var careful = one.Has("reduceSensitivity", out var flag) && flag.GetBoolean();
        return one.Text("detector") == "IQRDetector" ? Outliers.ByQuartiles(one.Numbers("data"), one.Number("factor"), careful) : Outliers.BySigma(one.Numbers("data"), one.Number("factor"));
    }

    private static void CheckNoise(JsonElement one, IReadOnlyList<double> noisy)
    {
        var expected = one.GetProperty("expected");
        Assert.Equal(expected.Number("length"), noisy.Count);
        Assert.Equal(expected.Number("mean"), Samples.Mean(noisy), expected.Number("meanTol"));
        Assert.Equal(expected.Number("stdev"), Samples.Deviation(noisy), expected.Number("stdevTol"));
    }
}
