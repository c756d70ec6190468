using Slipway.FakeGate.Stages.Deploying;
using Slipway.FakeGate.World;

namespace Slipway.FakeGate.Stages.Strategies;

/// <summary>What is done about the other server groups once the new one is there.</summary>
internal abstract class Strategy
{
    private static readonly Dictionary<string, Strategy> All = new(StringComparer.OrdinalIgnoreCase)
    {
        ["none"] = new None(),
        [""] = new None(),
        ["highlander"] = new Highlander(),
        ["redblack"] = new RedBlack(),
    };

    /// <summary>False: something else makes the server group.</summary>
    public virtual bool Creates => true;

    public static Strategy Named(string? name) => All.GetValueOrDefault(name ?? "") ?? throw new PlanningException("NoSuchStrategyException", $"Could not find strategy '{name}'");

    public virtual Capacity FirstCapacity(Capacity wanted) => wanted;

    public abstract IReadOnlyList<Child> After(Turn turn, Deployment deployment);

    /// <summary>Whether <c>rollback.onFailure</c> applies to this failure.</summary>
    public virtual bool RollsBack(Turn turn) => false;
}
