namespace Slipway.Server.Api;

/// <summary>The server does not start with these settings; the message says why and what to change.</summary>
internal sealed class StartRefusedException(string message) : Exception(message);
