namespace Slipway.Server.Checks.Declared;

/// <summary>A check can not be asked as it is written; no further try would change that.</summary>
internal sealed class CheckNotPossibleException(string message) : Exception(message);
