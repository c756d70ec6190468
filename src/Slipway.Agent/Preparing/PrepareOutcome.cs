namespace Slipway.Agent.Preparing;

internal abstract record PrepareOutcome
{
    /// <param name="Folder">The version's folder, ready to be activated.</param>
    /// <param name="Environment">Config, secrets and built-ins.</param>
    public sealed record Prepared(string Folder, IReadOnlyDictionary<string, string> Environment) : PrepareOutcome;

    public sealed record Failed(string Code, string Reason, IReadOnlyList<string> Evidence) : PrepareOutcome;
}
