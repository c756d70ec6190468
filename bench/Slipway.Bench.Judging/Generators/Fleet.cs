using Slipway.Judging;

namespace Slipway.Bench.Judging.Generators;

/// <summary>The rows of a made-up deployment, to be filled, and the comparison they make.</summary>
internal sealed class Fleet
{
    private readonly List<Metric> metrics = [];

    public Fleet(Scenario scenario)
    {
        Scenario = scenario;
        Instances = [.. Enumerable.Range(0, scenario.Instances).Select(i => new ComparedInstance($"i-{i:000}", scenario.ChangedAt(i)))];
    }

    public Scenario Scenario { get; }

    public ComparedInstance[] Instances { get; }

    public double[][] Rows() => [.. Instances.Select(_ => new double[Scenario.Steps])];

    public void Add(string name, MetricKind kind, Direction direction, double[][] values, double[][]? exposure = null) =>
        metrics.Add(new(name, kind, direction, values) { Exposure = exposure });

    public Comparison Comparison(int steps) => new(Scenario.StepSeconds, steps, Instances, metrics);
}
