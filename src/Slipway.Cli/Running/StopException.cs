namespace Slipway.Cli.Running;

/// <summary>The command cannot go on: what is the matter, and what to do next.</summary>
internal sealed class StopException(int exitCode, string code, string what, string next) : Exception(what)
{
    public int ExitCode { get; } = exitCode;

    /// <summary>Stable, for programs.</summary>
    public string Code { get; } = code;

    public string Next { get; } = next;

    public static StopException Usage(string code, string what, string next) => new(Running.ExitCode.Usage, code, what, next);

    public static StopException Refused(string code, string what, string next) => new(Running.ExitCode.Refused, code, what, next);
}
