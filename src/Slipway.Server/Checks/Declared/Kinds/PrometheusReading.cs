using System.Globalization;
using System.Text.Json;
using Slipway.Contracts.Services;
using Slipway.Server.Checks.Declared.Http;

namespace Slipway.Server.Checks.Declared.Kinds;

/// <summary>An answer of Prometheus to an instant query against the bounds of a check. Pure.</summary>
internal static class PrometheusReading
{
    private static readonly Finding NotPrometheus = new Finding.Inconclusive("What answered the query is not Prometheus");

    public static string Bounds(PrometheusCheck check) => (check.Below, check.Above) switch
    {
        ({ } below, { } above) => $"above {Number(above)} and below {Number(below)}",
        ({ } below, null) => $"below {Number(below)}",
        (null, { } above) => $"above {Number(above)}",
        _ => "there",
    };

    public static Finding Judge(HttpAnswer.Came answer, PrometheusCheck check)
    {
        if (answer.IsCut)
            return new Finding.Inconclusive("Prometheus answered the query with more than 64 KB. Let it answer fewer series");

        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            var root = document.RootElement;
            if (root.GetProperty("status").GetString() == "success")
                return Judge(Samples(root.GetProperty("data")), check);

            var said = $"Prometheus refused the query: {Told.Short(root.GetProperty("error").GetString())}";
            return root.TryGetProperty("errorType", out var kind) && kind.GetString() == "bad_data" ? new Finding.Fail(said, ForGood: true) : new Finding.Inconclusive(said);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            return answer.IsGood ? NotPrometheus : new Finding.Inconclusive($"Prometheus answered {answer.Status}");
        }
    }

    private static Finding Judge(List<(string Series, double Value)> samples, PrometheusCheck check)
    {
        if (samples is [])
            return new Finding.Inconclusive("The query answers nothing: there is no such series yet");

        foreach (var (series, value) in samples)
        {
            if (value >= check.Below || value <= check.Above)
                return new Finding.Fail($"{Told.Short(series)} is {Number(value)}, expected {Bounds(check)}");
        }

        // 0/0: nothing has happened that there could be a share of.
        if (samples.Exists(sample => double.IsNaN(sample.Value)))
            return new Finding.Inconclusive($"{Told.Short(samples.Find(sample => double.IsNaN(sample.Value)).Series)} is no number (NaN)");

        return new Finding.Pass(samples is [var only] ? $"{Told.Short(only.Series)} is {Number(only.Value)}, {Bounds(check)}" : $"All {samples.Count} values are {Bounds(check)}");
    }

    private static List<(string Series, double Value)> Samples(JsonElement data) => data.GetProperty("resultType").GetString() switch
    {
        "scalar" => [("The answer", Value(data.GetProperty("result")))],
        "vector" => [.. data.GetProperty("result").EnumerateArray().Select(sample => (Name(sample.GetProperty("metric")), Value(sample.GetProperty("value"))))],
        _ => throw new FormatException("Neither scalar nor vector."),
    };

    private static string Name(JsonElement metric)
    {
        var labels = metric.EnumerateObject().Where(label => label.Name != "__name__").Select(label => $"{label.Name}=\"{label.Value.GetString()}\"").ToList();
        var name = metric.TryGetProperty("__name__", out var own) ? own.GetString() : "";
        return labels is [] ? name is { Length: > 0 } ? name : "The answer" : $"{name}{{{string.Join(", ", labels)}}}";
    }

    private static double Value(JsonElement pair) => pair[1].GetString() switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        var text => double.Parse(text!, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
