namespace Slipway.Server.Checks.Declared.Kinds;

/// <summary>How a command ended. A closed set.</summary>
internal abstract record CommandEnd
{
    private CommandEnd()
    {
    }

    /// <param name="Output">The last of what it printed.</param>
    public sealed record Ended(int Code, string Output) : CommandEnd;

    public sealed record NotStarted(string Why) : CommandEnd;

    public sealed record TookTooLong : CommandEnd;
}
