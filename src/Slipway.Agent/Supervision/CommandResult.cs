namespace Slipway.Agent.Supervision;

/// <summary>What came of a command that was run once. A closed set.</summary>
internal abstract record CommandResult
{
    private CommandResult()
    {
    }

    public sealed record Ended(ProcessExit Exit) : CommandResult;

    public sealed record TookTooLong : CommandResult;

    /// <param name="Failure">A sentence that says what to change.</param>
    public sealed record NotRun(string Failure) : CommandResult;
}
