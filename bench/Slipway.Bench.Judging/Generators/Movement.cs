namespace Slipway.Bench.Judging.Generators;

/// <summary>What all instances feel alike: the time of day, slow changes of load, bursts.</summary>
internal sealed class Movement
{
    public Movement(Noise noise, Scenario scenario)
    {
        var steps = scenario.Steps;
        (Load, Burst) = (new double[steps], new double[steps]);
        var (phase, depth) = (noise.Uniform(0, 2 * Math.PI), noise.Uniform(0.1, 0.5));
        var slow = new Ar(noise, 0.98, 0.08);
        var burst = 0;
        for (var t = 0; t < steps; t++)
        {
            Load[t] = Math.Max(0.1, 1 + depth * Math.Sin(phase + 2 * Math.PI * t * scenario.StepSeconds / 86400) + slow.Next());
            if (burst == 0 && noise.Chance(0.5 / 360)) burst = 3 + noise.Below(12);
            Burst[t] = burst-- > 0 ? noise.Uniform(0.2, 1) : 0;
            burst = Math.Max(0, burst);
        }
    }

    public double[] Load { get; }

    public double[] Burst { get; }
}
