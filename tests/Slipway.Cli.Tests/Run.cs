namespace Slipway.Cli.Tests;

/// <summary>What a command did.</summary>
internal sealed record Run(int ExitCode, string Out, string Error)
{
    /// <summary>As a person sees it, for snapshots: output, then errors, then the exit code.</summary>
    public override string ToString() =>
        $"{Out}{(Error.Length > 0 ? $"--- error\n{Error}" : "")}--- exit {ExitCode}\n";
}
