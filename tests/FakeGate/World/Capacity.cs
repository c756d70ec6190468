namespace Slipway.FakeGate.World;

/// <summary>How many instances a server group has and may have.</summary>
public sealed record Capacity(int Min, int Max, int Desired)
{
    /// <summary>A group of exactly so many.</summary>
    public static Capacity Of(int count) => new(count, count, count);
}
