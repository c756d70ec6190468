namespace Slipway.Chaos.Checking;

/// <summary>Something that must never be, with what shows it.</summary>
internal sealed record Violation(string Rule, string What, IReadOnlyList<string> Evidence)
{
    public override string ToString() => string.Join("\n      ", [$"{Rule}: {What}", .. Evidence]);
}
