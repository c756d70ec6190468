namespace Slipway.Server.Access;

/// <summary>Marks the few endpoints of the API that are there for callers who have not proved themselves yet.</summary>
internal sealed record OpenToAll;
