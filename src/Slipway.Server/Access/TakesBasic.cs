namespace Slipway.Server.Access;

/// <summary>
/// Marks endpoints that also take the token as the password of basic credentials, for callers that can set no other header. Only where nothing is
/// changed and nothing of the server is told: browsers keep basic credentials, and send them along for other sites' pages.
/// </summary>
internal sealed record TakesBasic;
