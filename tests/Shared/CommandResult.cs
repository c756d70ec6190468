namespace Slipway.Tests;

/// <summary>How a program ended and what it wrote.</summary>
public sealed record CommandResult(int ExitCode, string Output, string Errors)
{
    /// <summary>Everything, for a failing test's message.</summary>
    public string Story => $"exit code {ExitCode}\n{Output}\n{Errors}".Trim();
}
