namespace Slipway.Judging.Tests;

/// <summary>Comparisons for tests: steps of 10 s, twenty minutes of past, the first instances changed at once.</summary>
internal sealed class Made(int seed, int instances = 6, int changed = 2, int after = 90)
{
    public const int Past = 120;

    private readonly Draws draws = new(seed);
    private readonly List<Metric> metrics = [];

    public int Steps => Past + after;

    public Made Level(string name, Func<int, int, double> factor, Direction direction = Direction.Increase, MetricKind kind = MetricKind.Duration)
    {
        var rows = Rows((i, t, noise) => 50 * (i + 1) * (1 + 0.3 * Math.Sin(t / 40.0)) * Math.Exp(0.06 * noise[t]) * (Is(i, t) ? factor(i, t - Past) : 1));
        metrics.Add(new(name, kind, direction, rows));
        return this;
    }

    public Made Noisy(string name, double times)
    {
        metrics.Add(new(name, MetricKind.Duration, Direction.Increase, Rows((i, t, noise) => 50 * (i + 1) * Math.Exp(0.06 * noise[t] * (Is(i, t) ? times : 1)))));
        return this;
    }

    public Made Events(string name, double usual, Func<int, double> factor, MetricKind kind = MetricKind.Count, bool ofRequests = true)
    {
        var requests = Rows((i, _, _) => draws.Poisson(300 * (i + 1)));
        var events = Rows((i, t, _) => draws.Poisson((ofRequests ? requests[i][t] : 1) * (Is(i, t) && factor(i) is var f ? (usual > 0 ? usual * f : f) : usual)));
        metrics.Add(new(name, kind, Direction.Increase, events) { Exposure = ofRequests ? requests : null });
        return this;
    }

    public Made With(Metric metric)
    {
        metrics.Add(metric);
        return this;
    }

    public Comparison Comparison => new(10, Steps, [.. Enumerable.Range(0, instances).Select(i => new ComparedInstance($"i{i}", i < changed ? Past : null))], metrics);

    public double[][] Rows(Func<int, int, double[], double> value) => [.. Enumerable.Range(0, instances).Select(i =>
    {
        var noise = draws.Ar(Steps, 0.5);
        return Enumerable.Range(0, Steps).Select(t => value(i, t, noise)).ToArray();
    })];

    private bool Is(int instance, int step) => instance < changed && step >= Past;
}
