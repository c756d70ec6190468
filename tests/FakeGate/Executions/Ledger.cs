namespace Slipway.FakeGate.Executions;

/// <summary>All executions, oldest first.</summary>
internal sealed class Ledger
{
    public List<Execution> All { get; init; } = [];

    /// <summary>Triggers that Echo has taken and not yet handed on.</summary>
    public List<PendingTrigger> Pending { get; init; } = [];

    public Execution? Find(string id) => All.Find(execution => execution.Id == id);

    public IEnumerable<Execution> Pipelines => All.Where(execution => !execution.IsTask);
}
