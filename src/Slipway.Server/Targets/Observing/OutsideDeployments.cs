using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.DeploymentTypes;
using Slipway.Server.Deployments;
using Slipway.Server.Engine;

namespace Slipway.Server.Targets.Observing;

/// <summary>Records what somebody has started in the other system as a deployment of the target, with who it was. Each run once, however often it is seen.</summary>
internal sealed partial class OutsideDeployments(IGrainFactory grains, DeploymentStore store, ILogger<OutsideDeployments> log)
{
    public async Task RecordAsync(TargetRow target, IReadOnlyList<OutsideRun> runs, CancellationToken cancellation)
    {
        foreach (var run in runs)
        {
            var id = RequestedId.Of(target.Id, run);
            if (await store.LoadAsync(id, cancellation) is not null)
                continue;

            await RecordAsync(target.Id, run, id);

            // One at a time: the next is looked at when this one has ended.
            return;
        }
    }

    private async Task RecordAsync(TargetId target, OutsideRun run, DeploymentId id)
    {
        var order = new DeploymentOrder
        {
            Id = id,
            By = run.By,
            Outside = run,
            Request = new()
            {
                Service = target.Service,
                Environment = target.Environment,
                Version = run.Version,
                Reason = "started outside of Slipway",
                NoRollback = true,
            },
        };
        var answer = (await grains.GetGrain<ITargetGrain>(target.Key).RequestAsync(EngineJson.Write(order))).To<Deployment>();
        if (!answer.Is(out _, out var refusal))
            LogRefused(target, run.Key, run.By, refusal.Detail);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Target}: {Run}, started by {By}, is not recorded: {Reason}")]
    private partial void LogRefused(TargetId target, string run, string by, string reason);
}
