using System.Text.Json;
using Slipway.Judging.Kayenta;
using Slipway.Judging.Kayenta.Statistics;

namespace Slipway.Judging.Tests.Kayenta;

public sealed class ClassifierTests
{
    public static TheoryData<string> Ids => Vectors.Ids("classifier");

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_metric_is_classified_as_Kayenta_classifies_it(string id)
    {
        var one = Vectors.Get("classifier", id);
        var (expected, observed) = (one.GetProperty("expected"), one.GetProperty("observed"));
        var found = Classify(one);
        Assert.Equal(observed.Text("classification"), found.Class.ToString());
        Assert.Equal(observed.GetProperty("critical").GetBoolean(), found.Critical);
        Assert.Equal(observed.Text("reason"), found.Reason);
        Assert.Equal(observed.Number("deviation"), found.Ratio, observed.Has("noisePath", out var noise) && noise.GetBoolean() ? 1e-3 : 1e-12);
        if (expected.Has("classification", out var label))
            Assert.Equal(label.GetString(), found.Class.ToString());
        if (expected.Has("reasonNotEmpty", out _))
            Assert.False(string.IsNullOrEmpty(found.Reason));
        if (observed.Has("mw", out var numbers) && numbers.ValueKind == JsonValueKind.Object)
            CheckShift(one, numbers);
    }

    private static void CheckShift(JsonElement one, JsonElement numbers)
    {
        var shift = MannWhitney.Compare(one.Numbers("experiment"), one.Numbers("control"), one.GetProperty("params").Number("confLevel"));
        Assert.Equal(numbers.Number("ciLow"), shift.Low, 5e-10);
        Assert.Equal(numbers.Number("ciHigh"), shift.High, 5e-10);
        Assert.Equal(numbers.Number("estimate"), shift.Estimate, 5e-10);
    }

    private static MetricClassification Classify(JsonElement one)
    {
        var (name, control, experiment) = (one.Text("metricName"), one.Numbers("control"), one.Numbers("experiment"));
        var direction = Enum.Parse<Direction>(one.Text("direction"), ignoreCase: true);
        if (one.Text("classifier") == "MeanInequality")
            return MeanInequalityClassifier.Classify(name, control, experiment, direction);

        var settings = one.GetProperty("params");
        return new MannWhitneyClassifier(settings.Number("tolerance"), settings.Number("confLevel")).Classify(name, control, experiment, new()
        {
            Direction = direction,
            NanIsZero = one.Text("nanStrategy") == "replace",
            Critical = one.GetProperty("critical").GetBoolean(),
            MustHaveData = one.GetProperty("mustHaveData").GetBoolean(),
            EffectIsCommonLanguage = settings.Text("measure") == "cles",
            AllowedIncrease = settings.Number("allowedIncrease"),
            AllowedDecrease = settings.Number("allowedDecrease"),
            CriticalIncrease = settings.Number("criticalIncrease"),
            CriticalDecrease = settings.Number("criticalDecrease"),
        });
    }
}
