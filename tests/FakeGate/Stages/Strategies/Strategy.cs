using Slipway.FakeGate.Json;
using Slipway.FakeGate.Stages.Deploying;
using Slipway.FakeGate.Stages.ServerGroups;
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
        ["rollingredblack"] = new RollingRedBlack(),
        ["monitored"] = new Monitored(),
        ["custom"] = new Custom(),
    };

    /// <summary>False: something else makes the server group.</summary>
    public virtual bool Creates => true;

    public static Strategy Named(string? name) => All.GetValueOrDefault(name ?? "") ?? throw new PlanningException("NoSuchStrategyException", $"Could not find strategy '{name}'");

    public virtual Capacity FirstCapacity(Capacity wanted) => wanted;

    public abstract IReadOnlyList<Child> After(Turn turn, Deployment deployment);

    /// <summary>Only once there is a server group.</summary>
    public virtual IReadOnlyList<Child> OnFailure(Turn turn, Deployment deployment) => [];

    protected static bool IsToRollBack(Turn turn) => turn.Context.Inner("rollback").Truth("onFailure") == true;

    protected static Child Rollback(Deployment deployment) => new("rollbackCluster", $"Rollback {deployment.Moniker.Cluster}", Wire.Object(
        ("credentials", deployment.Account),
        ("cloudProvider", deployment.Provider),
        ("regions", Wire.Texts([deployment.Region])),
        ("serverGroup", deployment.Created),
        ("moniker", Look.Of(deployment.Moniker)),
        ("originalServerGroup", deployment.Source),
        ("additionalRollbackContext", Wire.Object(("enableAndDisableOnly", true), ("onlyEnabledServerGroups", true)))));
}
