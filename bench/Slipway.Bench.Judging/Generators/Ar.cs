namespace Slipway.Bench.Judging.Generators;

/// <summary>Noise that remembers: AR(1) of the given standard deviation.</summary>
internal sealed class Ar(Noise noise, double memory, double deviation)
{
    private double value = noise.Normal() * deviation;

    public double Next() => value = memory * value + Math.Sqrt(1 - memory * memory) * deviation * noise.Normal();
}
