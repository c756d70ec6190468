using Slipway.FakeGate.Access;

namespace Slipway.FakeGate;

/// <summary>How a <see cref="FakeGate"/> is set up.</summary>
public sealed record FakeGateOptions
{
    /// <summary>How many times shorter everything takes that has a duration: tasks, waits, timeouts, boots. Times stay the clock's.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>
    /// The clock. Null: the machine's. With a <c>FakeTimeProvider</c> time stands until
    /// <see cref="FakeGate.Advance"/> (or whoever else owns it) moves it on.
    /// </summary>
    public TimeProvider? Time { get; init; }

    /// <summary>The loopback port; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Where everything is kept that Spinnaker keeps over a restart. Null: in memory only.</summary>
    public string? StateFile { get; init; }

    public Authentication Authentication { get; init; } = Authentication.None;

    public Pace Pace { get; init; } = new();

    /// <summary>What a look-up of an unknown execution costs a control call. Null: 4 s at <see cref="Speed"/>, nothing where the clock is given.</summary>
    public TimeSpan? UnknownIdDelay { get; init; }

    /// <summary>What <c>GET /version</c> says.</summary>
    public string Version { get; init; } = "2026.2.3";
}
