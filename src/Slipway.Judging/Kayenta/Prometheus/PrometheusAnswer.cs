using System.Globalization;
using System.Text.Json;

namespace Slipway.Judging.Kayenta.Prometheus;

/// <summary>Reads what Prometheus answers to a range query.</summary>
public static class PrometheusAnswer
{
    /// <summary>A query that answers more series was not meant so.</summary>
    public const int MostSeries = 1000;

    /// <summary>The series of one metric for one scope; where there are none, one without values.</summary>
    /// <exception cref="NotJudgeableException">Prometheus refused the query, or the answer is not one to a range query.</exception>
    public static IReadOnlyList<MetricSet> Read(ReadOnlyMemory<byte> json, string metric, CanaryScope scope, Gaps gaps = Gaps.Closed)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var answer = document.RootElement;
            if (answer.GetProperty("status").GetString() != "success")
                throw new NotJudgeableException($"Prometheus refused the query of the metric {metric}: {(answer.TryGetProperty("error", out var error) ? error.GetString() : "it does not say why")}");

            var data = answer.GetProperty("data");
            if (data.GetProperty("resultType").GetString() != "matrix" || data.GetProperty("result").GetArrayLength() > MostSeries)
                throw new NotJudgeableException($"Prometheus answered the query of the metric {metric} with something else than at most {MostSeries} series.");

            MetricSet[] sets = [.. data.GetProperty("result").EnumerateArray().Where(series => series.TryGetProperty("values", out var values) && values.GetArrayLength() > 0)
                .Select(series => ReadSeries(series, metric, scope, gaps))];
            return sets.Length > 0 ? sets : [Empty(metric, scope)];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new NotJudgeableException($"What answered the query of the metric {metric} is not Prometheus.");
        }
    }

    private static MetricSet Empty(string metric, CanaryScope scope) => new()
    {
        Name = metric,
        Tags = new Dictionary<string, string>(),
        Values = [],
        StartTimeMillis = scope.Start.ToUnixTimeMilliseconds(),
        EndTimeMillis = scope.End.ToUnixTimeMilliseconds(),
        StepMillis = (long)scope.Step.TotalMilliseconds,
    };

    private static MetricSet ReadSeries(JsonElement series, string metric, CanaryScope scope, Gaps gaps)
    {
        var samples = series.GetProperty("values").EnumerateArray().Select(sample => (Millis: (long)(sample[0].GetDouble() * 1000), Value: Number(sample[1].GetString()!))).ToList();
        var tags = series.GetProperty("metric").EnumerateObject().Where(label => label.Name != "__name__").ToDictionary(label => label.Name, label => label.Value.GetString()!);
        var empty = Empty(metric, scope) with { Tags = tags };
        return gaps == Gaps.Kept ? empty with { Values = InPlace(samples, empty) } : AsTheyCame(samples, empty);
    }

    /// <summary>As Kayenta has it: the first two values say how far all are apart.</summary>
    private static MetricSet AsTheyCame(List<(long Millis, double Value)> samples, MetricSet set)
    {
        var step = samples.Count > 1 ? (samples[1].Millis - samples[0].Millis) / 1000 * 1000 : 0;
        return set with { Values = [.. samples.Select(sample => sample.Value)], StartTimeMillis = samples[0].Millis, StepMillis = step, EndTimeMillis = samples[0].Millis + (samples.Count * step) };
    }

    /// <summary>A range query has a value for its end too.</summary>
    private static double[] InPlace(List<(long Millis, double Value)> samples, MetricSet window)
    {
        if (window.StepMillis <= 0)
            throw new NotJudgeableException("A scope needs a step of at least a second.");

        var values = Enumerable.Repeat(double.NaN, Math.Min(((int)((window.EndTimeMillis - window.StartTimeMillis) / window.StepMillis)) + 1, MetricSetMixer.MostValues)).ToArray();
        foreach (var (millis, value) in samples)
        {
            var place = (int)Math.Round((millis - window.StartTimeMillis) / (double)window.StepMillis);
            if (place >= 0 && place < values.Length)
                values[place] = value;
        }

        return values;
    }

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };
}
