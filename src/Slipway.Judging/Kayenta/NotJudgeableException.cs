namespace Slipway.Judging.Kayenta;

/// <summary>A canary config and what was measured do not fit each other. The message is for whoever wrote the config.</summary>
public sealed class NotJudgeableException(string message) : Exception(message);
