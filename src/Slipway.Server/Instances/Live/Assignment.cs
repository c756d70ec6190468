namespace Slipway.Server.Instances.Live;

/// <summary>What an instance should run for a service, as stored.</summary>
/// <param name="Member">False: the service was taken from the instance.</param>
/// <param name="Release">Null: nothing.</param>
/// <param name="Generation">Only grows; 0: nothing was ever assigned.</param>
/// <param name="RestartGeneration">What runs must have been started for this generation or a later one; 0: it does not matter.</param>
internal sealed record Assignment(bool Member, FleetRelease? Release, ulong Generation, string? Cause, ulong RestartGeneration = 0)
{
    public static Assignment None { get; } = new(Member: true, null, 0, null);
}
