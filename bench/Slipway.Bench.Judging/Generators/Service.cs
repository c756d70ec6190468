using Slipway.Judging;

namespace Slipway.Bench.Judging.Generators;

/// <summary>
/// A web service: load with a daily shape, sizes that differ, noise with a memory, bursts on one instance or on all, restarts by
/// themselves, and a warm-up after every start. Each deployment has its own constants.
/// </summary>
internal sealed class Service
{
    private readonly Scenario lived;
    private readonly Noise noise;
    private readonly Fleet fleet;
    private readonly Movement common;
    private readonly double[][] requests, errors, kinds, median, p99, cpu, memory, threads, restarts;
    private readonly double rate, errorShare, width, remembers, burstsPerHour;

    public Service(Scenario scenario)
    {
        (lived, noise, fleet) = (scenario, new(scenario.Seed), new(scenario));
        common = new(noise, scenario);
        (requests, errors, kinds) = (fleet.Rows(), fleet.Rows(), fleet.Rows());
        (median, p99, cpu) = (fleet.Rows(), fleet.Rows(), fleet.Rows());
        (memory, threads, restarts) = (fleet.Rows(), fleet.Rows(), fleet.Rows());
        (rate, errorShare) = (noise.Uniform(5, 200), Math.Exp(noise.Uniform(Math.Log(0.0002), Math.Log(0.01))));
        (width, remembers) = (noise.Uniform(0.03, 0.1), noise.Uniform(0.4, 0.93));
        burstsPerHour = noise.Uniform(0, 0.6);
    }

    public Fleet Make()
    {
        for (var i = 0; i < lived.Instances; i++) Live(i, noise.Fork());
        fleet.Add("Requests", MetricKind.Level, Direction.Decrease, requests);
        fleet.Add("Errors", MetricKind.Count, Direction.Increase, errors, requests);
        fleet.Add("New errors", MetricKind.Novelty, Direction.Increase, kinds, requests);
        fleet.Add("Latency, median", MetricKind.Duration, Direction.Increase, median);
        fleet.Add("Latency, p99", MetricKind.Duration, Direction.Increase, p99);
        fleet.Add("CPU", MetricKind.Ratio, Direction.Increase, cpu);
        fleet.Add("Memory", MetricKind.Level, Direction.Increase, memory);
        fleet.Add("Threads", MetricKind.Level, Direction.Increase, threads);
        fleet.Add("Restarts", MetricKind.Count, Direction.Increase, restarts);
        return fleet;
    }

    private void Live(int i, Noise own)
    {
        var size = Math.Exp(0.6 * own.Normal());
        var (loading, base50) = (1 + 0.15 * own.Normal(), 40 * Math.Exp(0.15 * own.Normal()));
        Ar load = new(own, remembers, width), slow = new(own, remembers, width), spread = new(own, 0.5, width * 1.5);
        Ar work = new(own, remembers, width), heap = new(own, 0.9, width * 0.4), pool = new(own, 0.9, width * 0.5);
        var (burst, restartedAt, gc) = (0, -100_000, own.Uniform(20, 60));
        var changedAt = lived.ChangedAt(i) ?? int.MaxValue;
        for (var t = 0; t < lived.Steps; t++)
        {
            var crash = own.Chance(0.02 / 360) || (t > changedAt && FaultShape.Crashes(lived, own));
            if (crash || t == changedAt) restartedAt = t;
            restarts[i][t] = crash ? 1 : 0;
            if (burst == 0 && own.Chance(burstsPerHour / 360)) burst = 2 + own.Below(8);
            var strain = (burst > 0 ? own.Uniform(0.2, 1) : 0) + common.Burst[t];
            burst = Math.Max(burst - 1, 0);
            var sinceStart = t - restartedAt;
            var warm = Math.Exp(-sinceStart / 2.5);
            var fault = t >= changedAt ? FaultShape.At(lived, t - changedAt, i, own) : FaultShape.None;
            var traffic = common.Load[t] * loading + 1 - loading;
            requests[i][t] = own.Poisson(rate * size * 10 * Math.Max(0.05, traffic) * Math.Exp(load.Next()) * (sinceStart == 0 ? 0.3 : 1) * fault.Throughput);
            errors[i][t] = own.Poisson(requests[i][t] * errorShare * (1 + 8 * strain) * (1 + 2 * warm) * fault.Errors);
            kinds[i][t] = own.Poisson(requests[i][t] * fault.NewErrors) + (own.Chance(0.0002) ? 1 : 0);
            median[i][t] = base50 * (1 + 0.15 * (traffic - 1)) * Math.Exp(slow.Next() * fault.Jitter) * (1 + 0.5 * strain) * (1 + 0.6 * warm) * fault.Latency;
            p99[i][t] = median[i][t] * 4 * Math.Exp(Math.Abs(spread.Next()) * 2 * fault.Jitter) * (1 + strain) * fault.Tail;
            cpu[i][t] = Math.Min(1, 0.3 * (0.3 + 0.7 * traffic) * Math.Exp(work.Next() * fault.Jitter) * (1 + 0.3 * strain) * (1 + 0.5 * warm) * fault.Cpu);
            memory[i][t] = 400e6 * Math.Pow(size, 0.3) * (1 - 0.35 * Math.Exp(-sinceStart / 12.0)) * (1 + 0.05 * (t % gc / gc)) * Math.Exp(heap.Next()) * fault.Memory;
            threads[i][t] = Math.Round(60 * (0.7 + 0.3 * traffic) * Math.Exp(pool.Next()) * fault.Threads);
        }
    }
}
