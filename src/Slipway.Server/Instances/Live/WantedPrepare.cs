namespace Slipway.Server.Instances.Live;

internal sealed record WantedPrepare(FleetRelease Release, string Cause);
