namespace Slipway.Server.Persistence;

/// <summary>The server does not start with these settings; the message says why and what to change.</summary>
internal sealed class StartRefusedException(string message, Exception? cause = null) : Exception(message, cause);
