namespace Slipway.Agent.Supervision;

/// <summary>A program about to be started: everything decided, nothing left to look up.</summary>
/// <param name="Executable">An absolute path.</param>
/// <param name="Arguments">As the program sees them, its own name first.</param>
/// <param name="Environment">The whole environment; nothing is inherited.</param>
/// <param name="OutputFile">Gets standard output and standard error, which the program holds open itself, so it outlives the agent.</param>
/// <param name="TruncateOutput">False: what the program says is appended.</param>
internal sealed record Launch(
    string Executable,
    IReadOnlyList<string> Arguments,
    IReadOnlyDictionary<string, string> Environment,
    string WorkingFolder,
    string OutputFile,
    bool TruncateOutput = false);
