namespace Slipway.FakeGate.World;

/// <summary>A machine of a server group.</summary>
public sealed record Instance(string Id, string Zone, DateTimeOffset Launched);

/// <summary>What Clouddriver says about an instance.</summary>
public enum Health
{
    Up,
    Down,
    Starting,
    OutOfService,
    Unknown,
}
