namespace Slipway.Server.Checks.Declared;

/// <summary>What follows from a try. A closed set.</summary>
internal abstract record Decision(TryMemory Memory)
{
    public sealed record Passed(TryMemory Memory) : Decision(Memory);

    /// <param name="Reason">A sentence without a full stop.</param>
    public sealed record Failed(TryMemory Memory, string Code, string Reason, Finding Found) : Decision(Memory);

    /// <summary>Asked again at <see cref="TryMemory.NextAt"/>.</summary>
    public sealed record Again(TryMemory Memory) : Decision(Memory);
}
