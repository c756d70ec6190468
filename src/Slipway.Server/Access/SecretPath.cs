namespace Slipway.Server.Access;

/// <summary>Marks endpoints whose path holds a secret: the record of requests has the route instead.</summary>
internal sealed record SecretPath;
