namespace Slipway.FakeGate.Clock;

/// <summary>The machine's time, gone faster by a factor since a start.</summary>
internal sealed class ScaledTime(double speed, DateTimeOffset start) : TimeProvider
{
    private readonly long began = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => start + (System.GetElapsedTime(began) * speed);
}
