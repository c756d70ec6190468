namespace Slipway.Agent.Commands;

/// <summary>Why a command ends without having done it: an exit code and a sentence that says what to do.</summary>
internal sealed record CommandFailure(int ExitCode, string Message);
